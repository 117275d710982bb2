// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault is what a reader sees. */
@Timeout(60)
final class FaultTest {
  private Simulator simulator;
  private SimulatedCamera camera;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.of("front:h264"));
    camera = simulator.camera("front");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private TestReader reader() throws IOException {
    return new TestReader(simulator, "front");
  }

  @Test
  void aStalledCameraSendsNothingAndGoesOnWithLaterFrames() throws IOException {
    try (TestReader reader = reader().play()) {
      reader.number();
      camera.inject(Fault.STALL);
      reader.socket().setSoTimeout(500);
      long[] last = new long[1];
      assertThrows(
          SocketTimeoutException.class,
          () -> {
            while (true) {
              last[0] = reader.number();
            }
          });
      reader.send("GET_PARAMETER", reader.url());
      assertThrows(SocketTimeoutException.class, reader::media);
      reader.socket().setSoTimeout(5000);
      camera.clear(Fault.STALL);
      assertTrue(reader.number() > last[0] + 10, "frames go by while it stalls");
    }
  }

  @Test
  void lostPacketsLeaveHolesInTheSequence() throws IOException {
    camera.inject(Fault.LOSS, 0.3);
    try (TestReader reader = reader().play()) {
      int holes = 0;
      int before = reader.media().sequence();
      for (int i = 0; i < 50; i++) {
        int next = reader.media().sequence();
        holes += next == ((before + 1) & 0xffff) ? 0 : 1;
        before = next;
      }
      assertTrue(holes > 3, "holes: " + holes);
    }
  }

  @Test
  void theSsrcIsTheOneAnnouncedUnlessItIsWrong() throws IOException {
    try (TestReader reader = reader()) {
      TestReader.Answer answer = reader.setUp();
      String transport = answer.headers().get("transport");
      String announced = transport.substring(transport.indexOf("ssrc=") + 5);
      int ssrc = HexFormat.fromHexDigits(announced);
      reader.request("PLAY", reader.url());
      assertEquals(ssrc, reader.media().ssrc());
      camera.inject(Fault.WRONG_SSRC);
      while (reader.media().ssrc() == ssrc) {
        // until the fault shows, or the time is up
      }
    }
  }

  @Test
  void aSlowStartKeepsTheReaderWaiting() throws IOException {
    camera.inject(Fault.SLOW_START, 5);
    try (TestReader reader = reader().play()) {
      reader.socket().setSoTimeout(1000);
      assertThrows(SocketTimeoutException.class, reader::media);
      reader.socket().setSoTimeout(20_000);
      reader.number();
    }
  }

  @Test
  void aFloodIsFasterThanTime() throws IOException {
    camera.inject(Fault.FLOOD);
    try (TestReader reader = reader().play()) {
      long start = System.nanoTime();
      long first = reader.media().time();
      long minute = 60 * 90_000;
      while (((reader.media().time() - first) & 0xffff_ffffL) < minute) {
        // as fast as it comes
      }
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
    }
  }

  @Test
  void nonsenseIsNoFraming() throws IOException {
    try (TestReader reader = reader().play()) {
      camera.inject(Fault.NONSENSE);
      assertThrows(
          AssertionError.class,
          () -> {
            while (true) {
              reader.media();
            }
          });
    }
  }

  @Test
  void earlyDataComesBeforeTheAnswer() throws IOException {
    try (TestReader reader = reader().play()) {
      assertTrue(reader.early().isEmpty());
    }
    camera.inject(Fault.EARLY_DATA);
    try (TestReader reader = reader().play()) {
      assertFalse(reader.early().isEmpty());
    }
  }

  @Test
  void sessionsChange() throws IOException {
    camera.inject(Fault.CHANGING_SESSION);
    try (TestReader reader = reader()) {
      String first = reader.setUp().headers().get("session");
      assertNotEquals(
          first, reader.request("GET_PARAMETER", reader.url()).headers().get("session"));
    }
  }

  @Test
  void aBareDescriptionLacksParameterSets() throws IOException {
    try (TestReader reader = reader()) {
      assertTrue(reader.request("DESCRIBE", reader.url()).body().contains("sprop-parameter-sets"));
      camera.inject(Fault.BARE_DESCRIPTION);
      TestReader.Answer bare = reader.request("DESCRIBE", reader.url());
      assertFalse(bare.body().contains("sprop"), bare.body());
      assertTrue(bare.body().contains("H264/90000"), bare.body());
    }
  }

  @Test
  void aBurstComesLateAndWhole() throws IOException {
    try (TestReader reader = reader().play()) {
      long before = reader.number();
      camera.inject(Fault.BURST, 2);
      reader.socket().setSoTimeout(1000);
      int silences = 0;
      while (silences == 0) {
        try {
          long next = reader.number();
          assertEquals(before + 1, next);
          before = next;
        } catch (SocketTimeoutException e) {
          silences++;
        }
      }
      reader.socket().setSoTimeout(5000);
      assertEquals(before + 1, reader.number());
      long held = camera.nextNumber();
      assertTrue(held > before + 25, "frame " + before + " is followed when it is " + held);
      for (long next = before + 2; next < held; next++) {
        assertEquals(next, reader.number());
      }
    }
  }

  @Test
  void anEndlessDescriptionDoesNotEnd() throws IOException {
    camera.inject(Fault.ENDLESS_DESCRIPTION);
    try (TestReader reader = reader()) {
      assertEquals(200, reader.request("DESCRIBE", reader.url()).status());
      int megabytes = 3;
      assertEquals(megabytes << 20, reader.in().readNBytes(megabytes << 20).length);
    }
  }

  @Test
  void everyLoginIsRefused() throws IOException {
    camera.inject(Fault.REFUSED_LOGIN);
    try (TestReader reader = reader()) {
      assertEquals(401, reader.request("DESCRIBE", reader.url()).status());
    }
  }

  @Test
  void aResetIsSeen() throws IOException {
    try (TestReader reader = reader().play()) {
      camera.reset();
      assertThrows(
          SocketException.class,
          () -> {
            while (true) {
              reader.media();
            }
          });
    }
  }

  @Test
  void anotherClipBringsOtherParameterSets() throws IOException {
    try (TestReader reader = reader().play()) {
      camera.play("h264small");
      Set<String> sequenceParameterSets = new HashSet<>();
      while (sequenceParameterSets.size() < 2) {
        byte[] payload = reader.media().payload();
        if (Codec.H264.type(payload) == 7) {
          sequenceParameterSets.add(HexFormat.of().formatHex(payload));
        }
      }
    }
  }

  @Test
  void aRebootClosesThePortAndStartsAnotherLife() throws IOException {
    try (TestReader reader = reader().play()) {
      simulator.reboot(Duration.ofSeconds(5));
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              reader.media();
            }
          });
    }
    assertThrows(
        ConnectException.class,
        () -> new Socket(InetAddress.getLoopbackAddress(), simulator.port()).close());
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (camera.nextNumber() < FrameNumber.LIFE && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    try (TestReader reader = reader().play()) {
      assertTrue(reader.number() >= FrameNumber.LIFE);
    }
  }
}
