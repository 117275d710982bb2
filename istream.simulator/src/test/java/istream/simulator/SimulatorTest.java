// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SimulatorTest {
  @Test
  void everyReaderSeesTheSameFrames() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("front"));
        TestReader one = new TestReader(simulator, "front").play();
        TestReader other = new TestReader(simulator, "front").play()) {
      long number = one.number();
      long same = other.number();
      while (number < same) {
        number = one.number();
      }
      while (same < number) {
        same = other.number();
      }
      for (int i = 1; i < 30; i++) {
        assertEquals(number + i, one.number());
        assertEquals(number + i, other.number());
      }
    }
  }

  @Test
  void aSlowReaderLosesFramesAndNobodyWaits() throws IOException {
    SimulatorSettings settings = SimulatorSettings.of("front").kilobits(50_000).backlog(4 << 20);
    try (Simulator simulator = Simulator.start(settings);
        TestReader slow = new TestReader(simulator, "front").play();
        TestReader quick = new TestReader(simulator, "front").play()) {
      long first = quick.number();
      // far more than the buffers of the slow reader hold
      for (int i = 1; i < 100; i++) {
        assertEquals(first + i, quick.number());
      }
      long before = slow.number();
      long next = slow.number();
      while (next == before + 1) {
        before = next;
        next = slow.number();
      }
      assertTrue(next > before + 1, "frames are lost for the slow one");
    }
  }

  @Test
  void videoIsPaddedToTheBitRate() throws IOException {
    SimulatorSettings settings = SimulatorSettings.of("front:h264:silent").kilobits(4000);
    try (Simulator simulator = Simulator.start(settings);
        TestReader reader = new TestReader(simulator, "front").play()) {
      long bytes = 0;
      long start = reader.media().time();
      long time = start;
      while (time - start < 2 * 90_000) {
        TestReader.Packet packet = reader.media();
        bytes += packet.size();
        time = packet.time();
        assertTrue(packet.size() <= RtpTrack.PACKET);
      }
      assertEquals(4_000_000.0, bytes * 4.0, 400_000.0);
    }
  }

  @Test
  void aSilentSessionEnds() throws IOException {
    SimulatorSettings settings = SimulatorSettings.of("front").sessionSeconds(1);
    try (Simulator simulator = Simulator.start(settings);
        TestReader reader = new TestReader(simulator, "front").play()) {
      long start = System.nanoTime();
      while (ended(reader)) {
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
      }
    }
  }

  private static boolean ended(TestReader reader) {
    try {
      reader.media();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void theRightPasswordOpensAndAWrongOneDoesNot() throws IOException {
    for (Login.Scheme scheme : Login.Scheme.values()) {
      SimulatorSettings settings = SimulatorSettings.of("front").login("user", "secret", scheme);
      try (Simulator simulator = Simulator.start(settings);
          TestReader reader = new TestReader(simulator, "front")) {
        TestReader.Answer refused = reader.request("DESCRIBE", reader.url());
        assertEquals(401, refused.status());
        String challenge = refused.headers().get("www-authenticate");
        assertEquals(401, describe(reader, proof(challenge, "wrong", reader.url())), challenge);
        assertEquals(200, describe(reader, proof(challenge, "secret", reader.url())), challenge);
      }
    }
  }

  private static int describe(TestReader reader, String proof) throws IOException {
    return reader.request("DESCRIBE", reader.url(), "Authorization: " + proof).status();
  }

  private static String proof(String challenge, String password, String uri) {
    if (challenge.startsWith("Basic")) {
      byte[] login = ("user:" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(login);
    }
    String algorithm = challenge.contains("SHA-256") ? "SHA-256" : "MD5";
    String nonce = challenge.replaceAll(".*nonce=\"([^\"]*)\".*", "$1");
    String realm = challenge.replaceAll(".*realm=\"([^\"]*)\".*", "$1");
    String secret = hash(algorithm, "user:" + realm + ":" + password);
    String response =
        hash(algorithm, secret + ":" + nonce + ":" + hash(algorithm, "DESCRIBE:" + uri));
    return "Digest username=\"user\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s"
        .formatted(realm, nonce, uri, response, algorithm);
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aStrangeAddressIsNotFound() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("front"));
        TestReader reader = new TestReader(simulator, "front")) {
      assertEquals(404, reader.request("DESCRIBE", reader.url() + "x").status());
      assertEquals(
          461,
          reader
              .request("SETUP", reader.url() + "/trackID=0", "Transport: RTP/AVP;client_port=1-2")
              .status());
      assertEquals(200, reader.request("TEARDOWN", reader.url()).status());
      assertEquals(-1, reader.in().read());
    }
  }
}
