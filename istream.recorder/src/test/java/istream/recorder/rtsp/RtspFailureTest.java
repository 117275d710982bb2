// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static istream.recorder.rtsp.ScriptedServer.camera;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.recorder.media.StreamFailure;
import istream.recorder.media.StreamFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class RtspFailureTest {
  private static ScriptedServer answering(String method, ScriptedServer.Script script)
      throws IOException {
    return new ScriptedServer(
        (request, reply) -> {
          if (request.method().equals(method)) {
            script.answer(request, reply);
          } else {
            camera(request, reply);
          }
        });
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
    }
    Viewer viewer = new Viewer("rtsp://x/", nobody, Credentials.NONE, true);
    StreamFailure failure = viewer.untilEnd();
    assertEquals(Kind.ABSENT, failure.kind());
    assertTrue(failure.message().contains("127.0.0.1:" + nobody.getPort()), failure.message());
  }

  @Test
  void givesUpConnectingSoon() throws Exception {
    // a full backlog answers no further SYN
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = new InetSocketAddress(full.getInetAddress(), full.getLocalPort());
      Viewer[] viewers = new Viewer[8];
      for (int i = 0; i < viewers.length; i++) {
        viewers[i] = new Viewer("rtsp://x/", address, Credentials.NONE, true);
        viewers[i].tick();
        viewers[i].tick();
      }
      for (Viewer viewer : viewers) {
        viewer.skip(3, TimeUnit.SECONDS).tick();
      }
      Viewer last = viewers[viewers.length - 1];
      assertEquals(Kind.UNREACHABLE, last.failures.get(0).kind());
      assertTrue(last.failures.get(0).retrySoon());
      for (Viewer viewer : viewers) {
        viewer.session.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, REFUSED, false",
    "404 Not Found, NOT_FOUND, false",
    "454 Session Not Found, NOT_FOUND, false",
    "461 Unsupported Transport, UNSUPPORTED, false",
    "453 Not Enough Bandwidth, CLOSED, true",
    "503 Service Unavailable, CLOSED, true",
    "400 Bad Request, NONSENSE, true",
  })
  void tellsRefusalsApart(String line, Kind kind, boolean retrySoon) throws Exception {
    try (ScriptedServer server = answering("SETUP", (request, reply) -> reply.status(line))) {
      StreamFailure failure = Viewer.of(server).untilEnd();
      assertEquals(kind, failure.kind());
      assertEquals(retrySoon, failure.retrySoon());
      assertTrue(failure.message().contains(line), failure.message());
    }
  }

  @Test
  void quotesAServerInOneShortLine() throws Exception {
    String raw = "404 No\u001b]0;title\u0007\u009b2J " + "blah ".repeat(1000);
    try (ScriptedServer server =
            answering(
                "DESCRIBE",
                (q, r) -> r.status("302 Go", "Location: rtsp://h/" + "x".repeat(999) + "\u001bc"));
        ScriptedServer other = answering("DESCRIBE", (request, reply) -> reply.status(raw))) {
      String message = Viewer.of(other).untilEnd().message();
      assertTrue(message.contains("404 No ]0;title 2J blah"), message);
      assertTrue(message.length() < 300, message);
      assertFalse(message.chars().anyMatch(Character::isISOControl), message);
      Viewer viewer = Viewer.of(server);
      viewer.until("a redirect", () -> !viewer.redirects.isEmpty());
      String address = Quotation.ofAddress(viewer.redirects.get(0));
      assertEquals("rtsp://h/" + "x".repeat(71) + "…", address);
    }
  }

  @Test
  void quotesADescriptionInOneShortLine() throws Exception {
    String sdp = "m=a\u001b[31mb" + "c".repeat(999) + " 0 RTP/AVP 96\na=rtpmap:96 X\u0007/1\n";
    try (ScriptedServer server =
        answering("DESCRIBE", (request, reply) -> reply.sdp(sdp.repeat(9), "Server: \u001bc"))) {
      Viewer viewer = Viewer.of(server);
      String message = viewer.untilEnd().message();
      assertTrue(message.length() < 250, message);
      assertFalse(message.chars().anyMatch(Character::isISOControl), message);
      assertEquals("X", viewer.media.get(0).encoding());
      assertEquals("c", viewer.server);
    }
  }

  @Test
  void asksForALogin() throws Exception {
    try (ScriptedServer server =
        answering("DESCRIBE", (q, r) -> r.status("401 No", "WWW-Authenticate: Basic realm=x"))) {
      StreamFailure failure = Viewer.of(server).untilEnd();
      assertEquals(Kind.REFUSED, failure.kind());
      assertTrue(failure.message().contains("set user and .password"), failure.message());
    }
  }

  @Test
  void triesAWrongPasswordTwiceAndNeverPrintsIt() throws Exception {
    try (ScriptedServer server =
        answering(
            "DESCRIBE",
            (q, r) -> r.status("401 No", "WWW-Authenticate: Digest realm=\"x\",nonce=\"1\""))) {
      StreamFailure failure = Viewer.of(server, "joe", "s3cret").untilEnd();
      assertEquals(Kind.REFUSED, failure.kind());
      assertTrue(failure.message().contains("\"joe\""), failure.message());
      assertTrue(failure.message().contains("127.0.0.1:"), failure.message());
      assertFalse(failure.message().contains("s3cret"), failure.message());
      assertEquals(3, server.methods().stream().filter("DESCRIBE"::equals).count());
    }
  }

  @Test
  void logsInAgainWhenANonceGoesStale() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              // a nonce for each method: every step has to log in again
              String nonce = "nonce=\"" + request.method() + "\"";
              if (request.text().contains(nonce)) {
                camera(request, reply);
              } else {
                reply.status("401 Stale", "WWW-Authenticate: Digest realm=\"x\", " + nonce);
              }
            })) {
      Viewer viewer = Viewer.of(server, "joe", "s3cret").untilPacket();
      server.packet(0, "flowing");
      viewer.until("it flows", () -> viewer.packets.size() == 2);
      viewer.skip(7, TimeUnit.SECONDS);
      for (int i = 3; i < 8; i++) {
        int count = i;
        server.packet(0, "flowing");
        viewer.until("it flows", () -> viewer.packets.size() == count);
        viewer.skip(7, TimeUnit.SECONDS);
      }
      viewer.until(
          "a sign of life with the new nonce",
          () -> server.last("GET_PARAMETER").text().contains("nonce=\"GET_PARAMETER\""));
      assertEquals(List.of(), viewer.failures);
    }
  }

  @Test
  void connectsAgainToAServerThatHangsUpWithTheChallenge() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              if (request.text().contains("Authorization: Basic")) {
                camera(request, reply);
              } else {
                reply.status("401 No", "WWW-Authenticate: Basic realm=x");
                reply.socket().close();
              }
            })) {
      assertEquals(1, Viewer.of(server, "joe", "s3cret").untilPacket().packets.size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"301 Moved", "302 Found", "303 See Other", "305 Use Proxy", "307 Temporary"})
  void isSentElsewhere(String line) throws Exception {
    try (ScriptedServer server =
        answering("DESCRIBE", (q, r) -> r.status(line, "Location: rtsp://u:p@other:8554/x"))) {
      Viewer viewer = Viewer.of(server);
      viewer.until("a redirect", () -> !viewer.redirects.isEmpty());
      assertEquals(List.of("rtsp://other:8554/x"), viewer.redirects);
      assertTrue(viewer.session.ended());
      viewer.tick();
      assertEquals(List.of(), viewer.failures);
    }
  }

  @Test
  void waitsForAFrozenServerButNotForEver() throws Exception {
    try (ScriptedServer server = answering("DESCRIBE", (request, reply) -> {})) {
      Viewer viewer = Viewer.of(server);
      viewer.until("the question", () -> server.methods().contains("DESCRIBE"));
      viewer.skip(7, TimeUnit.SECONDS).tick();
      assertEquals(List.of(), viewer.failures);
      StreamFailure failure = viewer.skip(4, TimeUnit.SECONDS).untilEnd();
      assertEquals(Kind.STALLED, failure.kind());
      assertTrue(failure.message().contains("DESCRIBE"), failure.message());
    }
  }

  @Test
  void noticesSilence() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::camera)) {
      Viewer viewer = Viewer.of(server).untilPacket();
      viewer.skip(7, TimeUnit.SECONDS).tick();
      assertEquals(List.of(), viewer.failures);
      assertEquals(Kind.STALLED, viewer.skip(4, TimeUnit.SECONDS).untilEnd().kind());
      viewer.until("goodbye", () -> server.methods().contains("TEARDOWN"));
      assertEquals(1, viewer.failures.size());
    }
  }

  @Test
  void noticesTheEnd() throws Exception {
    try (ScriptedServer server =
        answering(
            "PLAY",
            (request, reply) -> {
              camera(request, reply);
              reply.socket().shutdownOutput();
            })) {
      Viewer viewer = Viewer.of(server);
      assertEquals(Kind.CLOSED, viewer.untilEnd().kind());
      assertEquals(1, viewer.packets.size());
    }
  }

  @Test
  void takesADescriptionThatEndsWithTheConnectionOrInSilence() throws Exception {
    String head =
        "RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: 9999\r\n\r\n";
    try (ScriptedServer server =
        answering("DESCRIBE", (request, reply) -> reply.raw(head + ScriptedServer.SDP))) {
      Viewer viewer = Viewer.of(server);
      viewer.until("the question", () -> server.methods().contains("DESCRIBE"));
      viewer.tick();
      viewer.until(
          "a description",
          () -> {
            viewer.skip(50, TimeUnit.MILLISECONDS);
            return viewer.packets.size() == 1;
          });
    }
  }

  @Test
  void hasNothingToRecord() throws Exception {
    try (ScriptedServer server =
        answering(
            "DESCRIBE", (request, reply) -> reply.sdp("v=0\nm=application 0 RTP/AVP 107\n"))) {
      StreamFailure failure = Viewer.of(server).untilEnd();
      assertEquals(Kind.UNSUPPORTED, failure.kind());
      assertTrue(failure.message().contains("application"), failure.message());
    }
  }

  @Test
  void recognisesNonsense() throws Exception {
    try (ScriptedServer server =
        answering("OPTIONS", (request, reply) -> reply.raw("blah ".repeat(20_000)))) {
      assertEquals(Kind.NONSENSE, Viewer.of(server).untilEnd().kind());
    }
  }
}
