// SPDX-License-Identifier: Apache-2.0
package istream.api.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages good input as a device that is broken, or means harm, might. */
final class Damage {
  private static final int MOST_BYTES = 192 * 1024;
  private static final int MOST_WOUNDS = 8;
  private static final int MOST_REPEATS = 3000;

  private final RandomGenerator random;
  private final List<byte[]> good;
  private final List<String> words;

  /**
   * Prepares damage.
   *
   * @param good input to begin with
   * @param words that mean something to its reader
   */
  Damage(RandomGenerator random, List<byte[]> good, List<String> words) {
    this.random = random;
    this.good = good;
    this.words = words;
  }

  /** Good input with some wounds; at most {@value #MOST_BYTES} bytes. */
  byte[] next() {
    byte[] bytes = one(good);
    for (int wounds = 1 + random.nextInt(MOST_WOUNDS); wounds > 0; wounds--) {
      bytes = wounded(bytes);
    }
    return bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
  }

  private byte[] wounded(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(bytes.length - from, 1 << random.nextInt(11)) + 1);
    byte[] range = Arrays.copyOfRange(bytes, from, to);
    return switch (random.nextInt(8)) {
      case 0 -> replaced(bytes, from, bytes.length, new byte[0]);
      case 1 -> replaced(bytes, from, to, new byte[0]);
      case 2 -> replaced(bytes, from, to, noise(to - from));
      case 3 -> replaced(bytes, from, Math.min(from + 1, bytes.length), noise(1));
      case 4 -> replaced(bytes, from, from, repeated(range));
      case 5 -> replaced(bytes, from, to, piece(one(good)));
      case 6 -> replaced(bytes, from, from, repeated(word(words)));
      default -> withNumber(bytes, from);
    };
  }

  /** The next number behind a place becomes another. */
  private byte[] withNumber(byte[] bytes, int from) {
    int first = from;
    while (first < bytes.length && !isDigit(bytes[first])) {
      first++;
    }
    int end = first;
    while (end < bytes.length && isDigit(bytes[end])) {
      end++;
    }
    return replaced(bytes, first, end, word(NUMBERS));
  }

  private static final List<String> NUMBERS =
      List.of("", "0", "-1", "65536", "2147483647", "4294967296", "9223372036854775808", "1e9");

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] all = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
    System.arraycopy(by, 0, all, from, by.length);
    System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
    return all;
  }

  private byte[] noise(int count) {
    byte[] noise = new byte[count];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] piece(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
  }

  /** Mostly once, now and then many times. */
  private byte[] repeated(byte[] bytes) {
    int most = Math.min(MOST_REPEATS, MOST_BYTES / Math.max(bytes.length, 1));
    int times = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(most);
    byte[] all = new byte[bytes.length * times];
    for (int at = 0; at < all.length; at += bytes.length) {
      System.arraycopy(bytes, 0, all, at, bytes.length);
    }
    return all;
  }

  private byte[] word(List<String> list) {
    return one(list).getBytes(StandardCharsets.ISO_8859_1);
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
