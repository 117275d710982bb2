// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Reads what lies in memory, also what is added later. */
final class MemoryChannel implements SeekableByteChannel {
  static int open;

  private final ByteArrayOutputStream bytes;
  private int position;
  private boolean closed;

  MemoryChannel(ByteArrayOutputStream bytes) {
    this.bytes = bytes;
    open++;
  }

  @Override
  public int read(ByteBuffer target) {
    byte[] all = bytes.toByteArray();
    int length = Math.min(target.remaining(), all.length - position);
    if (length <= 0) {
      return -1;
    }
    target.put(all, position, length);
    position += length;
    return length;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException("our copy is only read");
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long place) {
    position = Math.toIntExact(place);
    return this;
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("our copy is only read");
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    open -= closed ? 0 : 1;
    closed = true;
  }
}
