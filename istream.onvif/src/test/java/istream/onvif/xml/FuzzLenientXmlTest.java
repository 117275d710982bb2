// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, they are read or refused. With {@code -Distream.fuzz.seconds=N} for N
 * seconds and with other bytes each time; without, always the same ones.
 */
class FuzzLenientXmlTest {
  private static final int ROUNDS = 4000;
  private static final String DATUM = "rtsp://192.168.1.9/live?a=1&amp;b=2";
  private static final String DOCUMENT =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"urn:s\"><s:Body>"
          + "<m:GetStreamUriResponse token=\"a\"><m:Uri>"
          + DATUM
          + "</m:Uri><Name>T\u00FCr</Name></m:GetStreamUriResponse></s:Body></s:Envelope>";
  private static final String[] PIECES = {
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml",
    "?>",
    "<!DOCTYPE a [",
    "]>",
    "&",
    "&amp;",
    "&#x",
    ";",
    "\"",
    "'",
    "=",
    "\0",
    "\uFEFF",
    "\u201C",
    "<a",
    "</a>",
    "html",
    ":",
  };

  @Test
  void readsOrRefusesAnything() {
    int seconds = Integer.getInteger("istream.fuzz.seconds", 0);
    long seed = seconds > 0 ? System.nanoTime() : 4;
    Random random = new Random(seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int round = 0; round < ROUNDS || (seconds > 0 && System.nanoTime() < end); round++) {
      byte[] bytes = mutated(random);
      String told = "seed " + seed + ", round " + round + ", bytes in base64: ";
      try {
        explore(bytes);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(told + Base64.getEncoder().encodeToString(bytes), e);
      }
    }
  }

  private static byte[] mutated(Random random) {
    Damage[] kinds = Damage.values();
    byte[] bytes = kinds[random.nextInt(kinds.length)].apply(DOCUMENT, DATUM);
    for (int i = random.nextInt(8); i > 0; i--) {
      bytes = random.nextBoolean() ? changed(bytes, random) : spliced(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    return changed;
  }

  /** Puts a piece into the place of some bytes. */
  private static byte[] spliced(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(20));
    String piece = PIECES[random.nextInt(PIECES.length)].repeat(1 + random.nextInt(3));
    byte[] inner = piece.getBytes(UTF_8);
    byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + inner.length);
    System.arraycopy(inner, 0, spliced, from, inner.length);
    System.arraycopy(bytes, to, spliced, from + inner.length, bytes.length - to);
    return spliced;
  }

  private static void explore(byte[] bytes) {
    try {
      Node document = LenientXml.read(bytes);
      String uri = document.text("GetStreamUriResponse", "Uri");
      assertTrue(uri.length() <= bytes.length, "nothing grows");
      assertTrue(document.text().chars().noneMatch(Character::isISOControl), "no controls");
      document.all("Uri").forEach(node -> node.attribute("token"));
      document.children("Envelope").forEach(Node::name);
    } catch (ExcessiveXml e) {
      assertTrue(e.getMessage().contains("more than"), e.getMessage());
    }
  }
}
