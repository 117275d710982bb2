// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sessions with servers that check each login, and let a nonce be used so often only. */
final class DigestSessionTest {
  /** Counts nonces and the requests that were let in with each. */
  private static final class Gate implements ScriptedServer.Script {
    private final String algorithm;
    private final int mostUses;
    private final AtomicInteger nonce = new AtomicInteger(1);
    private int uses;

    Gate(String algorithm, int mostUses) {
      this.algorithm = algorithm;
      this.mostUses = mostUses;
    }

    @Override
    public void answer(ScriptedServer.Request request, ScriptedServer.Reply reply)
        throws IOException {
      String login = request.header("Authorization");
      boolean stale = uses == mostUses;
      if (!stale && response(request, login).equals(parameter(login, "response"))) {
        uses++;
        ScriptedServer.camera(request, reply);
        return;
      }
      if (stale) {
        nonce.incrementAndGet();
        uses = 0;
      }
      reply.status(
          "401 Unauthorized",
          "WWW-Authenticate: Basic realm=\"cam\"",
          challenge("MD5", stale),
          challenge(algorithm, stale));
    }

    private String challenge(String name, boolean stale) {
      return "WWW-Authenticate: Digest realm=\"cam\", qop=\"auth\", algorithm="
          + name
          + ", nonce=\""
          + nonce
          + (stale ? "\", stale=true" : "\"");
    }

    /** What a login must say (RFC 7616, 3.4.1), uses counted. */
    private String response(ScriptedServer.Request request, String login) {
      String count = String.format("%08x", uses + 1);
      String secret = hash("joe:cam:s3cret");
      String question = hash(request.method() + ":" + request.url());
      String middle = nonce + ":" + count + ":" + parameter(login, "cnonce") + ":auth";
      return hash(secret + ":" + middle + ":" + question);
    }

    private String hash(String text) {
      try {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String parameter(String login, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"?([^\",]*)").matcher(login);
    return matcher.find() ? matcher.group(1) : "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5", "SHA-256"})
  void logsInOnceForAWholeSession(String algorithm) throws Exception {
    Gate gate = new Gate(algorithm, 1000);
    try (ScriptedServer server = new ScriptedServer(gate)) {
      Viewer viewer = Viewer.of(server, "joe", "s3cret").untilPacket();
      assertEquals(
          List.of("OPTIONS", "OPTIONS", "DESCRIBE", "SETUP", "SETUP", "PLAY"), server.methods());
      assertEquals(algorithm, parameter(server.last("PLAY").header("Authorization"), "algorithm"));
      viewer.session.close();
      viewer.until("goodbye", () -> server.methods().contains("TEARDOWN"));
      assertEquals(List.of(), viewer.failures);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5", "SHA-256"})
  void takesEachNewNonceOfAServerThatLetsThemGoStale(String algorithm) throws Exception {
    Gate gate = new Gate(algorithm, 2);
    try (ScriptedServer server = new ScriptedServer(gate)) {
      Viewer viewer = Viewer.of(server, "joe", "s3cret").untilPacket();
      assertEquals(3, gate.nonce.get(), "five requests, two a nonce");
      for (int i = 0; i < 7; i++) {
        int known = viewer.packets.size();
        server.packet(0, "flowing");
        viewer.until("it flows", () -> viewer.packets.size() > known);
        viewer.skip(5, TimeUnit.SECONDS).tick();
      }
      viewer.until("a sign of life", () -> server.methods().contains("GET_PARAMETER"));
      String login = server.last("GET_PARAMETER").header("Authorization");
      assertEquals("" + gate.nonce, parameter(login, "nonce"));
      assertEquals(List.of(), viewer.failures);
      assertFalse(server.requests().stream().anyMatch(q -> q.text().contains("Basic ")));
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer(new Gate("SHA-256", 1000))) {
      String message = Viewer.of(server, "joe", "wrong").untilEnd().message();
      assertTrue(message.contains("check user and .password"), message);
    }
  }
}
