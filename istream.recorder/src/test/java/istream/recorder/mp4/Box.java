// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A box (ISO 14496-12 section 4.2), read without the product's code.
 *
 * @param offset of its first byte in what it was read from
 * @param content what follows size and type
 */
public record Box(String type, int offset, ByteBuffer content) {
  private static final int HEADER = 8;

  /** All boxes in some bytes, which they fill. */
  public static List<Box> in(ByteBuffer bytes) {
    List<Box> boxes = new ArrayList<>();
    int offset = 0;
    ByteBuffer all = bytes.slice();
    while (offset < all.limit()) {
      int size = all.getInt(offset);
      byte[] type = new byte[4];
      all.get(offset + 4, type);
      ByteBuffer content = all.slice(offset + HEADER, size - HEADER);
      boxes.add(new Box(new String(type, StandardCharsets.ISO_8859_1), offset, content));
      offset += size;
    }
    return boxes;
  }

  /** All boxes in some bytes, which they fill. */
  public static List<Box> in(byte[] bytes) {
    return in(ByteBuffer.wrap(bytes));
  }

  /** Bytes of the whole box. */
  public int size() {
    return HEADER + content.limit();
  }

  List<Box> children(String wanted) {
    return in(content).stream().filter(box -> box.type.equals(wanted)).toList();
  }

  /** The only box of a type in this one. */
  public Box child(String wanted) {
    List<Box> found = children(wanted);
    if (found.size() != 1) {
      throw new AssertionError(type + " holds " + found.size() + " boxes " + wanted);
    }
    return found.get(0);
  }

  /** Flags of a full box. */
  int flags() {
    return content.getInt(0) & 0xffffff;
  }

  /** Version of a full box. */
  int version() {
    return content.get(0);
  }

  /** A UUID that stands in the content. */
  public UUID uuid(int at) {
    return new UUID(content.getLong(at), content.getLong(at + 8));
  }
}
