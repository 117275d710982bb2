// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import java.nio.ByteBuffer;

/**
 * Reads bits of a parameter set, with the emulation prevention bytes left out (ISO 14496-10 section
 * 7.4.1). Behind the end it reads zeros: a camera's broken parameter set never throws.
 */
final class RbspReader {
  private final byte[] bytes;
  private final int length;
  private int bit;

  RbspReader(ByteBuffer nal, int skip) {
    ByteBuffer source = nal.duplicate();
    source.position(Math.min(source.limit(), source.position() + skip));
    bytes = new byte[source.remaining()];
    int count = 0;
    int zeros = 0;
    while (source.hasRemaining()) {
      byte next = source.get();
      boolean inserted = zeros >= 2 && next == 3;
      if (!inserted) {
        bytes[count++] = next;
      }
      zeros = next == 0 ? zeros + 1 : 0;
    }
    length = count;
  }

  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      int at = bit >>> 3;
      int one = at < length ? (bytes[at] >>> (7 - (bit & 7))) & 1 : 0;
      value = (value << 1) | one;
    }
    return value;
  }

  void skip(int count) {
    bit = Math.min(bit + count, length * 8);
  }

  /** An unsigned Exp-Golomb code (ISO 14496-10 section 9.1). */
  int ue() {
    int zeros = 0;
    while (zeros < 31 && bit < length * 8 && bits(1) == 0) {
      zeros++;
    }
    return (1 << zeros) - 1 + bits(zeros);
  }
}
