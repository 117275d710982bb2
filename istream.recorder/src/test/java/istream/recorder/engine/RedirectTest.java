// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.recorder.rtsp.ScriptedServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class RedirectTest {
  private static final Credentials LOGIN = new Credentials("joe", "s3cret");

  private static ScriptedServer sendingTo(String url) throws IOException {
    return new ScriptedServer((q, reply) -> reply.status("302 Found", "Location: " + url));
  }

  private static ScriptedServer askingForALogin(String host) throws IOException {
    return new ScriptedServer(
        host,
        (request, reply) -> {
          if (request.text().contains("Authorization")) {
            ScriptedServer.camera(request, reply);
          } else {
            reply.status("401 Login", "WWW-Authenticate: Basic realm=\"x\"");
          }
        });
  }

  @Test
  void anotherHostIsNotGivenThePassword() throws Exception {
    try (ScriptedServer thief = askingForALogin("127.0.0.2");
        ScriptedServer camera = sendingTo(thief.url("/x"));
        Bench bench = new Bench(camera.url("/live"), LOGIN)) {
      bench.until("it fails", () -> !bench.reason().isEmpty());
      assertFalse(thief.requests().isEmpty());
      thief.requests().forEach(q -> assertFalse(q.text().contains("Authorization"), q.text()));
      assertTrue(bench.reason().contains("another host"), bench.reason());
      assertTrue(bench.reason().contains("rtsp.url"), bench.reason());
      assertTrue(bench.reason().contains(thief.url("/x")), bench.reason());
    }
  }

  @Test
  void anotherPortOfTheCameraIs() throws Exception {
    try (ScriptedServer second = askingForALogin("127.0.0.1");
        ScriptedServer camera = sendingTo(second.url("/x"));
        Bench bench = new Bench(camera.url("/live").replace("127.0.0.1", "localhost"), LOGIN)) {
      bench.until("it plays", () -> second.methods().contains("PLAY"));
      assertEquals("Basic am9lOnMzY3JldA==", second.last("DESCRIBE").header("Authorization"));
    }
  }

  @Test
  void onlyRtspIsFollowed() throws Exception {
    for (String to : new String[] {"http://127.0.0.1/x", "rtsps://127.0.0.1/x"}) {
      try (ScriptedServer camera = sendingTo(to);
          Bench bench = new Bench(camera.url("/live"), LOGIN)) {
        bench.until("it fails", () -> !bench.reason().isEmpty());
        assertTrue(bench.reason().contains("redirects to " + to), bench.reason());
      }
    }
  }

  @Test
  void aCameraThatRedirectsToItselfIsTriedLessAndLessOften() throws Exception {
    AtomicReference<String> self = new AtomicReference<>();
    try (ScriptedServer camera =
            new ScriptedServer((q, reply) -> reply.status("302 Go", "Location: " + self.get()));
        Bench bench = new Bench(camera.url("/live"), LOGIN)) {
      self.set(camera.url("/again"));
      bench.until("it fails", () -> !bench.reason().isEmpty());
      assertTrue(bench.reason().contains("again and again"), bench.reason());
      assertTrue(bench.reason().contains(camera.url("/again")), bench.reason());
      bench.until("it is tried at once", () -> camera.requests().size() == 2 * 6);
      for (int seconds = 1; seconds <= 2; seconds *= 2) {
        bench.until("it fails again", () -> !bench.busy());
        int requests = camera.requests().size();
        long before = bench.nanos();
        bench.passUntil("it is tried again", () -> camera.requests().size() == requests + 6);
        assertTrue(
            bench.nanos() - before > seconds * 700_000_000L, "after about " + seconds + " s");
      }
    }
  }
}
