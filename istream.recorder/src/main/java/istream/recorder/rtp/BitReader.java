// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.util.Arrays;

/** Reads bits; behind the end it reads zeros: what a camera breaks never throws. */
final class BitReader {
  private final byte[] bytes;
  private long bit;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Over a NAL unit without its emulation prevention bytes (ISO 14496-10 section 7.4.1). */
  static BitReader ofNal(byte[] nal) {
    byte[] plain = new byte[nal.length];
    int count = 0;
    int zeros = 0;
    for (byte next : nal) {
      boolean inserted = zeros >= 2 && next == 3;
      if (!inserted) {
        plain[count++] = next;
      }
      zeros = next == 0 ? zeros + 1 : 0;
    }
    return new BitReader(Arrays.copyOf(plain, count));
  }

  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      int at = (int) (bit >>> 3);
      int one = at < bytes.length ? (bytes[at] >>> (7 - (bit & 7))) & 1 : 0;
      value = (value << 1) | one;
    }
    return value;
  }

  boolean flag() {
    return bits(1) == 1;
  }

  void skip(int count) {
    bit = Math.min(bit + count, bytes.length * 8L);
  }

  boolean atEnd() {
    return bit >= bytes.length * 8L;
  }

  /** An unsigned Exp-Golomb code (ISO 14496-10 section 9.1), below 2^31. */
  int ue() {
    int zeros = 0;
    while (zeros < 30 && !atEnd() && !flag()) {
      zeros++;
    }
    return (1 << zeros) - 1 + bits(zeros);
  }

  /** A signed Exp-Golomb code. */
  int se() {
    int code = ue();
    return (code & 1) != 0 ? (code + 1) >>> 1 : -(code >>> 1);
  }
}
