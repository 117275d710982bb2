// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static istream.simulator.TestCaller.INFORMATION;
import static istream.simulator.TestCaller.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom cameras let in. */
@Timeout(30)
final class OnvifLoginTest {
  private static final String PATH = "/front/onvif/device_service";

  private static Simulator start(OnvifSettings onvif, Login.Scheme... schemes) throws IOException {
    return Simulator.start(
        SimulatorSettings.of("front").login("user", "secret", schemes).onvif(onvif));
  }

  private static OnvifSettings by(OnvifSettings.Logins logins) {
    return OnvifSettings.USUAL.logins(logins);
  }

  private static TestCaller caller(Simulator simulator) {
    return new TestCaller(simulator.camera("front"));
  }

  @Test
  void aTokenLetsInOnceAndThereIsNoChallenge() throws IOException {
    try (Simulator simulator = start(by(OnvifSettings.Logins.WSSE), Login.Scheme.DIGEST)) {
      TestCaller caller = caller(simulator);
      TestCaller.Answer refused = caller.ask(INFORMATION);
      assertEquals(400, refused.status());
      assertFalse(refused.head().contains("WWW-Authenticate"), refused.head());
      assertTrue(refused.body().contains("ter:NotAuthorized"), refused.body());
      String token = token("secret", Instant.now());
      assertEquals("istream", caller.askWith(token, INFORMATION).text("Manufacturer"));
      assertEquals(400, caller.askWith(token, INFORMATION).status(), "a replay");
      assertEquals(400, caller.askWith(token("wrong", Instant.now()), INFORMATION).status());
      assertEquals(200, caller.ask(Soap.DEVICE, "GetSystemDateAndTime").status());
    }
  }

  @Test
  void onlyADigestOfAnInstantInUtcIsAProof() throws IOException {
    try (Simulator simulator = start(by(OnvifSettings.Logins.WSSE), Login.Scheme.DIGEST)) {
      TestCaller caller = caller(simulator);
      String clear = token("#PasswordText", "secret", "bm9uY2U=", Instant.now());
      assertEquals(400, caller.askWith(clear, INFORMATION).status());
      String broken = token("#PasswordDigest", "secret", "no Base64", Instant.now());
      assertEquals(400, caller.askWith(broken, INFORMATION).status());
      String zoned = token("secret", Instant.now()).replace("Z</u:", "+00:00</u:");
      assertEquals(400, caller.askWith(zoned, INFORMATION).status());
    }
  }

  @Test
  void aTokenIsJudgedByTheCamerasClock() throws IOException {
    Duration offset = Duration.ofHours(-9);
    OnvifSettings settings = by(OnvifSettings.Logins.WSSE).clockOffset(offset);
    try (Simulator simulator = start(settings, Login.Scheme.DIGEST)) {
      TestCaller caller = caller(simulator);
      Instant now = Instant.now();
      assertEquals(400, caller.askWith(token("secret", now), INFORMATION).status());
      Instant its = now.plus(offset);
      assertEquals(200, caller.askWith(token("secret", its), INFORMATION).status());
      assertEquals(
          200, caller.askWith(token("secret", its.minusSeconds(250)), INFORMATION).status());
      assertEquals(
          400, caller.askWith(token("secret", its.minusSeconds(310)), INFORMATION).status());
      assertEquals(
          400, caller.askWith(token("secret", its.plusSeconds(330)), INFORMATION).status());
    }
  }

  @Test
  void aDigestLetsInAndATokenIsOverlooked() throws IOException {
    for (Login.Scheme scheme : Login.Scheme.values()) {
      try (Simulator simulator = start(by(OnvifSettings.Logins.DIGEST), scheme)) {
        TestCaller caller = caller(simulator);
        TestCaller.Answer refused = caller.askWith(token("secret", Instant.now()), INFORMATION);
        assertEquals(401, refused.status());
        String challenge = refused.challenge();
        assertTrue(challenge.startsWith("Digest "), challenge);
        assertEquals(scheme == Login.Scheme.SHA256, challenge.contains("algorithm=SHA-256"));
        assertEquals(401, authorized(caller, proof(challenge, "wrong", PATH, 1)));
        assertEquals(401, authorized(caller, proof(challenge, "secret", "/other", 1)));
        assertEquals(200, authorized(caller, proof(challenge, "secret", PATH, 1)));
        assertEquals(401, authorized(caller, proof(challenge, "secret", PATH, 1)), "a replay");
        assertEquals(200, authorized(caller, proof(challenge, "secret", PATH, 2)));
        String made = challenge.replaceFirst("nonce=\"", "nonce=\"0");
        assertEquals(401, authorized(caller, proof(made, "secret", PATH, 1)), "not its nonce");
      }
    }
  }

  private static int authorized(TestCaller caller, String proof) throws IOException {
    return caller.authorized(INFORMATION, proof).status();
  }

  @Test
  void eitherIsTakenWhereBothAre() throws IOException {
    try (Simulator simulator = start(OnvifSettings.USUAL, Login.Scheme.DIGEST)) {
      TestCaller caller = caller(simulator);
      assertEquals(200, caller.askWith(token("secret", Instant.now()), INFORMATION).status());
      String challenge = caller.ask(INFORMATION).challenge();
      assertEquals(200, authorized(caller, proof(challenge, "secret", PATH, 1)));
      String basic = "user:secret";
      String clear = Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
      assertEquals(401, authorized(caller, "Basic " + clear));
    }
  }

  @Test
  void nobodyIsAskedWhereThereIsNoLogin() throws IOException {
    try (Simulator simulator = start(by(OnvifSettings.Logins.NONE), Login.Scheme.DIGEST);
        Simulator open =
            Simulator.start(SimulatorSettings.of("front").onvif(OnvifSettings.USUAL))) {
      assertEquals(200, caller(simulator).ask(INFORMATION).status());
      assertEquals(200, caller(open).ask(INFORMATION).status());
    }
  }

  @Test
  void loginsAreCounted() throws IOException {
    try (Simulator simulator = start(OnvifSettings.USUAL, Login.Scheme.DIGEST)) {
      TestCaller caller = caller(simulator);
      caller.ask(INFORMATION);
      caller.askWith(token("wrong", Instant.now()), INFORMATION);
      caller.askWith(token("secret", Instant.now()), INFORMATION);
      authorized(caller, proof(caller.ask(INFORMATION).challenge(), "wrong", PATH, 1));
      assertEquals(
          "ok front asked=5 passwords=3 refused=2", new ControlLine(simulator).obey("logins"));
      LoginTally logins = simulator.camera("front").logins();
      assertEquals(5, logins.asked());
      assertEquals(3, logins.passwords());
      assertEquals(2, logins.refused());
    }
  }

  private static String proof(String challenge, String password, String uri, int count) {
    String algorithm = challenge.contains("SHA-256") ? "SHA-256" : "MD5";
    String nonce = challenge.replaceAll(".*nonce=\"([^\"]*)\".*", "$1");
    String counted = nonce + ":0000000" + count + ":abc:auth:";
    String secret = hash(algorithm, "user:simulator:" + password);
    String response = hash(algorithm, secret + ":" + counted + hash(algorithm, "POST:" + uri));
    return "Digest username=\"user\", realm=\"simulator\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s, qop=auth, nc=0000000%d, cnonce=\"abc\""
        .formatted(nonce, uri, response, algorithm, count);
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
