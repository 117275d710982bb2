// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads a file up to a bound, whatever is written behind it. Confined to one thread. */
final class BoundedChannel implements SeekableByteChannel {
  private final SeekableByteChannel file;
  private final long bound;

  BoundedChannel(SeekableByteChannel file, long bound) {
    this.file = file;
    this.bound = bound;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    long left = size() - position();
    if (left <= 0) {
      return -1;
    }
    int limit = target.limit();
    target.limit((int) Math.min(limit, target.position() + left));
    try {
      return file.read(target);
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return Math.min(bound, file.size());
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
