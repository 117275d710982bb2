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

  private static void watch(ScriptedServer server, Bench bench) throws IOException {
    bench.until("it plays", () -> server.methods().contains("PLAY"));
    Film film = new Film(server, bench);
    for (int i = 0; bench.supervisor.phase().state() != RecorderState.RECORDING; i++) {
      film.show(i % 10 == 0);
      assertTrue(i < 1000, () -> "it is recorded; " + bench.supervisor.phase());
    }
    bench.until("footage is stored", () -> bench.shelf.units.size() > 1);
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
}
