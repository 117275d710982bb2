// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.api.recording.RecorderState;
import istream.recorder.rtsp.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StreamSessionTest {
  private static final ScriptedServer.Script NO_AUDIO =
      (request, reply) -> {
        if (request.url().endsWith("trackID=1")) {
          reply.status("461 Unsupported Transport");
        } else {
          camera(request, reply);
        }
      };

  /** Plays, but shows nothing by itself. */
  private static void camera(ScriptedServer.Request request, ScriptedServer.Reply reply)
      throws IOException {
    if (request.method().equals("PLAY")) {
      reply.ok("Session: 12345");
    } else {
      ScriptedServer.camera(request, reply);
    }
  }

  private static Film play(ScriptedServer server, Bench bench) {
    bench.until("it plays", () -> server.methods().contains("PLAY"));
    return new Film(server, bench);
  }

  private static Film watch(ScriptedServer server, Bench bench) throws IOException {
    Film film = play(server, bench);
    film.showUntil("it is recorded", () -> bench.state() == RecorderState.RECORDING);
    bench.until("footage is stored", () -> bench.shelf.units.size() > 1);
    return film;
  }

  @Test
  void audioThatTheCameraRefusesIsNamedAndLeftOutOfTheFile() throws Exception {
    try (ScriptedServer server = new ScriptedServer(NO_AUDIO);
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      watch(server, bench);
      assertEquals(
          List.of("audio PCMU is refused by the camera: 461 Unsupported Transport"),
          bench.supervisor.phase().notes());
      assertFalse(bench.shelf.units.get(0).contains("soun"), "a handler for audio");
    }
  }

  @Test
  void audioThatIsSetUpHasATrack() throws Exception {
    try (ScriptedServer server = new ScriptedServer(StreamSessionTest::camera);
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      watch(server, bench);
      assertEquals(List.of(), bench.supervisor.phase().notes());
      assertTrue(bench.shelf.units.get(0).contains("soun"), "a handler for audio");
    }
  }

  @Test
  void aDiskThatBlocksIsNotCalledRecording() throws Exception {
    try (ScriptedServer server = new ScriptedServer(StreamSessionTest::camera);
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      Film film = watch(server, bench);
      long stored = bench.shelf.units.size();
      bench.shelf.lock.lock();
      try {
        film.show(5);
        assertEquals(RecorderState.RECORDING, bench.state(), "may be over any moment");
        film.show(8);
        assertEquals(RecorderState.WAITING, bench.state());
        assertTrue(bench.reason().contains("nothing has been stored"), bench.reason());
        assertEquals(1, server.methods().stream().filter("PLAY"::equals).count());
      } finally {
        bench.shelf.lock.unlock();
      }
      bench.until("what waited is stored", () -> bench.shelf.units.size() > stored + 8);
      film.showUntil("it is recorded again", () -> bench.state() == RecorderState.RECORDING);
      assertEquals("", bench.reason());
      assertEquals(1, server.methods().stream().filter("PLAY"::equals).count(), "one session");
    }
  }

  @Test
  void aCameraThatSendsNoKeyFrameIsLeftAfterAWhile() throws Exception {
    try (ScriptedServer server = new ScriptedServer(StreamSessionTest::camera);
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      Film film = play(server, bench);
      for (int i = 0; i < 249; i++) {
        film.show(false);
      }
      assertEquals("", bench.reason(), "a key frame may come late");
      film.show(false);
      film.show(false);
      assertEquals("the camera has sent no key frame for 25 s", bench.reason());
    }
  }

  @Test
  void aCameraThatFallsSilentIsLeftAfterFiveSeconds() throws Exception {
    try (ScriptedServer server = new ScriptedServer(StreamSessionTest::camera);
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      watch(server, bench);
      bench.pass(4, TimeUnit.SECONDS);
      assertEquals("", bench.reason());
      bench.pass(3, TimeUnit.SECONDS);
      assertEquals("the camera has sent no frame for 5 s", bench.reason());
    }
  }

  @Test
  void audioThatNoFileCarriesIsNamedAndNotSetUp() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (request, reply) -> {
                  if (request.method().equals("DESCRIBE")) {
                    reply.sdp(ScriptedServer.SDP.replace("RTP/AVP 0", "RTP/AVP 9"));
                  } else {
                    camera(request, reply);
                  }
                });
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      watch(server, bench);
      assertEquals(
          List.of("audio G.722 cannot be carried in MP4; set the camera's audio to AAC or G.711"),
          bench.supervisor.phase().notes());
      assertEquals(1, server.methods().stream().filter("SETUP"::equals).count());
    }
  }

  @Test
  void aStreamWithoutVideoIsRefusedWithItsReason() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (request, reply) -> {
                  if (request.method().equals("DESCRIBE")) {
                    reply.sdp(ScriptedServer.SDP.replace("H264", "JPEG"));
                  } else {
                    camera(request, reply);
                  }
                });
        Bench bench = new Bench(server.url("/live"), Credentials.NONE)) {
      bench.until("it is refused", () -> !bench.reason().isEmpty());
      assertTrue(bench.reason().contains("video JPEG is not supported"), bench.reason());
    }
  }
}
