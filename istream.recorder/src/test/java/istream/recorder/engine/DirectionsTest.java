// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.Credentials;
import istream.recorder.media.StreamFailure;
import istream.recorder.rtsp.RtspTarget;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DirectionsTest {
  private static final long LATE = TimeUnit.SECONDS.toNanos(11);
  private static final Credentials LOGIN = new Credentials("joe", "s3cret");
  private static final StreamFailure GONE =
      new StreamFailure(StreamFailure.Kind.UNREACHABLE, "it cannot be reached", true);

  private final NameServer names = new NameServer().tell("cam", "192.0.2.7");
  private final AddressBook addresses = new AddressBook(names);
  private final Directions directions =
      new Directions(new Camera("front", "rtsp://cam/x", "", "", LOGIN, "main"), true, addresses);

  @AfterEach
  void close() {
    names.close();
    addresses.close();
  }

  private RtspTarget answer() throws CameraException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    Optional<RtspTarget> answer = directions.answer(0);
    while (answer.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      answer = directions.answer(0);
    }
    assertFalse(directions.asked());
    return answer.orElseThrow();
  }

  private RtspTarget redirect(String url) throws CameraException {
    assertTrue(directions.follow(url, 0));
    return answer();
  }

  @Test
  void theLoginIsForTheHostOfTheCamerasAddress() throws Exception {
    names.tell("alias", "192.0.2.7").tell("other", "192.0.2.8").tell("CAM", "192.0.2.9");
    directions.ask(0);
    assertEquals(LOGIN, answer().credentials());
    assertEquals(Credentials.NONE, redirect("rtsp://other/x").credentials());
    assertTrue(redirect("rtsp://192.0.2.8/x").foreign());
    assertEquals(LOGIN, redirect("rtsp://192.0.2.7:99/y").credentials());
    assertEquals(LOGIN, redirect("rtsp://alias/x").credentials());
    assertEquals(LOGIN, redirect("rtsp://CAM/x").credentials());
    assertFalse(directions.follow("rtsp://cam/x", 0), "for ever");
  }

  @Test
  void aCameraThatWasReachedIsTriedThereWhileTheNameServerIsSilent() throws Exception {
    directions.ask(0);
    answer();
    directions.reached();
    names.forget("cam");
    directions.ask(0);
    assertEquals(Optional.empty(), directions.answer(0));
    RtspTarget target = directions.answer(LATE).orElseThrow();
    assertEquals("192.0.2.7", target.address().getAddress().getHostAddress());
    assertEquals(LOGIN, target.credentials());
    assertEquals(
        "it cannot be reached; this is its last known address:"
            + " looking up cam takes longer than 10 s; check the name server",
        directions.explained(GONE).message());
  }

  @Test
  void aCameraThatWasReachedIsTriedThereWhenTheNameServerFails() throws Exception {
    directions.ask(0);
    answer();
    directions.reached();
    names.fail("cam", new OutOfMemoryError("so it seems"));
    directions.ask(0);
    assertEquals("192.0.2.7", answer().address().getAddress().getHostAddress());
  }

  @Test
  void aCameraThatWasNeverReachedIsNotGuessedAt() throws Exception {
    directions.ask(0);
    answer();
    assertEquals(GONE, directions.explained(GONE));
    names.forget("cam");
    directions.ask(0);
    assertThrows(CameraException.class, () -> directions.answer(LATE));
    assertFalse(directions.asked());
  }

  @Test
  void aRedirectThatLeadsNowhereIsToldAsOne() throws Exception {
    directions.ask(0);
    answer();
    directions.reached();
    assertTrue(directions.follow("rtsp://:1/x", 0));
    CameraException failure = assertThrows(CameraException.class, () -> directions.answer(0));
    assertTrue(failure.getMessage().endsWith("the camera redirects there"), failure.getMessage());
  }
}
