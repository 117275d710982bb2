// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes boxes (ISO 14496-12 section 4.2) to memory that grows as needed. One use, one thread. */
final class BoxWriter {
  private ByteBuffer buffer;

  BoxWriter(int expectedBytes) {
    buffer = ByteBuffer.allocate(expectedBytes);
  }

  /** Begins a box; what is returned goes to {@link #end}. */
  int box(String type) {
    int start = buffer.position();
    u32(0).text(type);
    return start;
  }

  /** Begins a box with version and flags. */
  int fullBox(String type, int version, int flags) {
    int start = box(type);
    u32((version << 24) | flags);
    return start;
  }

  /** Ends the box that began at {@code start}: its size is known now. */
  void end(int start) {
    buffer.putInt(start, buffer.position() - start);
  }

  BoxWriter u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  BoxWriter u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  BoxWriter u32(long value) {
    room(4).putInt((int) value);
    return this;
  }

  BoxWriter u64(long value) {
    room(8).putLong(value);
    return this;
  }

  BoxWriter zeros(int count) {
    room(count).put(new byte[count]);
    return this;
  }

  BoxWriter text(String latin) {
    return bytes(ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Copies what remains in {@code source}, and leaves its position alone. */
  BoxWriter bytes(ByteBuffer source) {
    room(source.remaining()).put(source.duplicate());
    return this;
  }

  int position() {
    return buffer.position();
  }

  /** Overwrites four bytes. */
  void patch(int position, int value) {
    buffer.putInt(position, value);
  }

  /** What was written, read-only. */
  ByteBuffer finish() {
    return buffer.flip().asReadOnlyBuffer();
  }

  private ByteBuffer room(int count) {
    if (buffer.remaining() < count) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + count));
      buffer = larger.put(buffer.flip());
    }
    return buffer;
  }
}
