// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of an MP4 file (ISO/IEC 14496-12, 4.2). Offsets count from the first byte of its contents.
 *
 * @param file the whole file
 * @param type four characters
 * @param start where its header begins in the file
 * @param body where its contents begin in the file
 * @param end where it ends in the file
 */
record Mp4Box(ByteBuffer file, String type, int start, int body, int end) {
  /** The boxes between two places in a file; one that is cut short ends the list. */
  static List<Mp4Box> in(ByteBuffer file, int from, int to) {
    List<Mp4Box> boxes = new ArrayList<>();
    int at = from;
    while (at + 8 <= to) {
      long size = file.getInt(at) & 0xffff_ffffL;
      int body = at + 8;
      if (size == 1 && at + 16 <= to) {
        size = file.getLong(at + 8);
        body = at + 16;
      } else if (size == 0) {
        size = (long) to - at;
      }
      if (size < body - at || size > to - at) {
        break;
      }
      byte[] type = new byte[4];
      file.get(at + 4, type);
      int end = at + (int) size;
      boxes.add(new Mp4Box(file, new String(type, StandardCharsets.US_ASCII), at, body, end));
      at = end;
    }
    return boxes;
  }

  boolean is(String other) {
    return type.equals(other);
  }

  /** The boxes in it that begin after some bytes of its own. */
  List<Mp4Box> inside(int skipped) {
    return in(file, body + skipped, end);
  }

  List<Mp4Box> all(String other) {
    return inside(0).stream().filter(box -> box.is(other)).toList();
  }

  /**
   * The first box of a type in it.
   *
   * @throws IllegalArgumentException if there is none
   */
  Mp4Box child(String other) {
    return all(other).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + other + " in " + type));
  }

  int u8(int offset) {
    return file.get(within(offset, 1)) & 0xff;
  }

  int u32(int offset) {
    return file.getInt(within(offset, 4));
  }

  long u64(int offset) {
    return file.getLong(within(offset, 8));
  }

  String text(int offset) {
    byte[] bytes = new byte[4];
    file.get(within(offset, 4), bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private int within(int offset, int length) {
    if (offset < 0 || offset + length > end - body) {
      throw new IndexOutOfBoundsException(type + " is cut short");
    }
    return body + offset;
  }
}
