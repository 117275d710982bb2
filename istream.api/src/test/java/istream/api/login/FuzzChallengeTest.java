// SPDX-License-Identifier: Apache-2.0
package istream.api.login;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.api.fuzz.Fuzzing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges of servers that are broken or mean harm. */
final class FuzzChallengeTest {
  private static final Credentials LOGIN = new Credentials("joe", "secret");
  private static final Challenge.Request REQUEST =
      new Challenge.Request("POST", "/onvif/device_service", "<body/>");

  private static final List<String> GOOD =
      List.of(
          "Basic realm=\"camera\"",
          "Digest realm=\"a \\\"quoted\\\" one\", nonce=\"c0ffee\", algorithm=MD5, qop=\"auth\"",
          "Digest nonce=abc realm=x, stale=TRUE, Basic realm=y",
          "Digest realm=\"r\",nonce=\"n\",opaque=\"o\",algorithm=SHA-256-sess,qop=\"auth-int,auth\"");
  private static final List<String> WORDS =
      List.of(
          "Digest ", "Basic ", "nonce=\"", "\\", "\"", ",", "=", " ", "algorithm=MD5-sess", "\n");

  @Test
  void readsAndAnswersWhateverComes() {
    Fuzzing.tryOut(
        GOOD,
        WORDS,
        damaged -> {
          String header = new String(damaged, StandardCharsets.ISO_8859_1);
          for (Challenge challenge : Challenge.parse(List.of(header, header))) {
            assertFalse(challenge.scheme().isEmpty());
            if (challenge.strength() > 0) {
              String answer = challenge.answer(REQUEST, LOGIN, "0a4f113b", 1);
              assertTrue(answer.startsWith(challenge.isDigest() ? "Digest " : "Basic "));
              assertFalse(answer.contains(LOGIN.password()), "in clear");
              assertFalse(answer.contains("\n") || answer.contains("\r"), "a line of its own");
            }
          }
        });
  }
}
