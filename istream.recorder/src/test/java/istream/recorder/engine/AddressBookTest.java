// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressBookTest {
  private final NameServer names = new NameServer().tell("cam", "192.0.2.7");
  private final AddressBook addresses = new AddressBook(names);

  @AfterEach
  void close() {
    names.close();
    addresses.close();
  }

  private static String failure(Question question) {
    return assertThrows(CameraException.class, question::await).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://192.0.2.7:8554/x, 192.0.2.7, 8554",
    "rtsp://192.0.2.7?x:y, 192.0.2.7, 554",
    "rtsp://[::1]:99/x, 0:0:0:0:0:0:0:1, 99",
    "rtsp://[2001:db8::1], 2001:db8:0:0:0:0:0:1, 554",
  })
  void ipAddressesNeedNoNameServer(String url, String host, int port) throws Exception {
    Optional<AddressBook.Place> place = addresses.find(url).answer(0);
    assertEquals(host, place.orElseThrow().address().getAddress().getHostAddress());
    assertEquals(port, place.get().address().getPort());
    assertEquals(url, place.get().url());
    assertEquals(List.of(), names.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp:///x", "rtsp://:554/x", "rtsp://a:/x", "rtsp://a:b", "rtsp://a:0"})
  void aPlaceThatIsNoneIsRefused(String url) {
    CameraException refusal =
        assertThrows(CameraException.class, () -> addresses.find(url).answer(0));
    assertTrue(refusal.getMessage().contains("host:port"), refusal.getMessage());
    assertFalse(refusal.retryable());
  }

  @Test
  void namesThatTheServerIsSilentAboutHoldUpNoOthers() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertEquals(Optional.empty(), addresses.find("rtsp://silent" + i + "/").answer(0));
    }
    assertEquals(554, addresses.find("rtsp://cam/x").await().address().getPort());
  }

  @Test
  void anAnswerIsNotWaitedForLongerThanTenSeconds() throws Exception {
    Question question = addresses.find("rtsp://silent:8554/x");
    assertEquals(Optional.empty(), question.answer(TimeUnit.SECONDS.toNanos(10)));
    CameraException late =
        assertThrows(
            CameraException.class, () -> question.answer(TimeUnit.SECONDS.toNanos(10) + 1));
    assertEquals(
        "looking up silent takes longer than 10 s; check the name server", late.getMessage());
    assertTrue(late.retryable());
  }

  @Test
  void whoAsksAgainWaitsForTheSameAnswer() {
    Question first = addresses.find("rtsp://silent/x");
    assertSame(first.place(), addresses.find("rtsp://silent/x").place());
    names.close();
    assertTrue(failure(first).contains("silent is not known"));
    assertNotSame(first.place(), addresses.find("rtsp://silent/x").place());
  }

  @Test
  void anErrorIsAnAnswer() {
    names.fail("bad", new NoClassDefFoundError("x"));
    assertEquals(
        "looking up bad failed: java.lang.NoClassDefFoundError: x",
        failure(addresses.find("rtsp://bad/")));
  }

  @Test
  void aResolverThatFailsWithoutAWordIsNamed() {
    Camera camera = new Camera("front", "", "http://192.0.2.7/onvif", "", Credentials.NONE, "main");
    assertTrue(failure(addresses.find(camera)).contains("set rtsp.url instead"));
    addresses.use(
        asked -> {
          throw new NullPointerException();
        });
    assertEquals(
        "asking front for its stream failed: java.lang.NullPointerException",
        failure(addresses.find(camera)));
    addresses.use(
        asked -> {
          throw new CameraException(null, false, null);
        });
    assertTrue(failure(addresses.find(camera)).startsWith("asking front for its stream failed"));
  }

  @Test
  void aResolversAnswerIsLookedUp() throws Exception {
    Camera camera = new Camera("front", "", "http://192.0.2.7/onvif", "", Credentials.NONE, "main");
    addresses.use(asked -> "rtsp://cam:99/" + asked.id());
    AddressBook.Place place = addresses.find(camera).await();
    assertEquals("rtsp://cam:99/front", place.url());
    assertEquals(99, place.address().getPort());
  }
}
