// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a box of an MP4 file lies (ISO/IEC 14496-12, 4.2).
 *
 * @param type its four characters
 * @param offset of its first byte
 * @param header bytes before its contents
 * @param size bytes, header included
 */
record Box(String type, long offset, int header, long size) {
  /** Longest box that is read into memory. */
  static final int MOST_BYTES = 8_000_000;

  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 16;

  long end() {
    return offset + size;
  }

  /** The box at {@code offset} if all of it lies before {@code end}. */
  static Optional<Box> at(FileChannel file, long offset, long end) throws IOException {
    if (offset < 0 || end - offset < SHORT_HEADER) {
      return Optional.empty();
    }
    int length = (int) Math.min(LONG_HEADER, end - offset);
    return of(bytes(file, offset, length), offset, end);
  }

  private static Optional<Box> of(ByteBuffer bytes, long offset, long end) {
    long size = Integer.toUnsignedLong(bytes.getInt());
    String type = type(bytes);
    int header = SHORT_HEADER;
    if (size == 1 && bytes.remaining() >= Long.BYTES) {
      size = bytes.getLong();
      header = LONG_HEADER;
    }
    boolean whole = size >= header && size <= end - offset;
    return whole ? Optional.of(new Box(type, offset, header, size)) : Optional.empty();
  }

  private static String type(ByteBuffer bytes) {
    byte[] type = new byte[4];
    bytes.get(type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  /** Reads the contents. */
  ByteBuffer contents(FileChannel file) throws IOException {
    if (size > MOST_BYTES) {
      throw new IOException("a " + type + " box of " + size + " bytes is not one of ours");
    }
    return bytes(file, offset + header, (int) size - header);
  }

  /** Whole boxes in a buffer, with their contents; what follows the last whole one is left out. */
  static List<Content> in(ByteBuffer buffer) {
    List<Content> contents = new ArrayList<>();
    int position = buffer.position();
    while (buffer.limit() - position >= SHORT_HEADER) {
      ByteBuffer rest = buffer.slice(position, buffer.limit() - position);
      Optional<Box> box = of(rest, position, buffer.limit());
      if (box.isEmpty()) {
        break;
      }
      int start = position + box.get().header();
      int size = (int) box.get().size();
      contents.add(new Content(box.get().type(), buffer.slice(start, size - box.get().header())));
      position += size;
    }
    return contents;
  }

  /** A box in memory. */
  record Content(String type, ByteBuffer bytes) {}

  private static ByteBuffer bytes(FileChannel file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("the file was cut while it was read");
      }
    }
    return bytes.flip();
  }
}
