// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Splits at start codes (ISO 14496-10 annex B). A NAL unit never contains one, but some cameras put
 * a whole byte stream where one NAL unit belongs.
 */
final class AnnexB {
  private AnnexB() {}

  /** Hands each NAL unit in {@code bytes} to {@code nals}; none is empty. Consumes all of it. */
  static void split(ByteBuffer bytes, Consumer<ByteBuffer> nals) {
    int end = bytes.limit();
    int from = bytes.position();
    int code = next(bytes, from, end);
    while (code >= 0) {
      int to = code;
      while (to > from && bytes.get(to - 1) == 0) {
        to--; // zeros before a start code belong to it
      }
      emit(bytes, from, to, nals);
      from = code + 3;
      code = next(bytes, from, end);
    }
    emit(bytes, from, end, nals);
    bytes.limit(end).position(end);
  }

  private static void emit(ByteBuffer bytes, int from, int to, Consumer<ByteBuffer> nals) {
    if (to > from) {
      bytes.limit(to).position(from);
      nals.accept(bytes);
      bytes.limit(bytes.capacity());
    }
  }

  /** Where the next 00 00 01 lies, or -1; eight bytes without a zero hold no beginning of one. */
  private static int next(ByteBuffer bytes, int from, int end) {
    int at = from;
    while (at + 2 < end) {
      if (at + 8 <= end && !hasZero(bytes.getLong(at))) {
        at += 8;
      } else {
        int stop = Math.min(at + 8, end - 2);
        for (; at < stop; at++) {
          if (bytes.get(at) == 0 && bytes.get(at + 1) == 0 && bytes.get(at + 2) == 1) {
            return at;
          }
        }
      }
    }
    return -1;
  }

  private static boolean hasZero(long word) {
    return ((word - 0x0101010101010101L) & ~word & 0x8080808080808080L) != 0;
  }
}
