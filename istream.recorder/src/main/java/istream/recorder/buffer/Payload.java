// SPDX-License-Identifier: Apache-2.0
package istream.recorder.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that grow at their end, in chunks of a pool. Filled by one thread, then handed to another
 * as a whole. When the pool is empty the payload fails: it takes nothing more and says so.
 */
public final class Payload {
  private final ChunkPool pool;
  private final List<ByteBuffer> chunks = new ArrayList<>(4);
  private int size;
  private boolean failed;

  /** An empty payload that takes its chunks from {@code pool}. */
  public Payload(ChunkPool pool) {
    this.pool = pool;
  }

  /** Appends what remains in {@code source}, and consumes it. */
  public void append(ByteBuffer source) {
    while (source.hasRemaining() && !failed) {
      ByteBuffer chunk = writable();
      if (chunk != null) {
        int count = Math.min(chunk.remaining(), source.remaining());
        chunk.put(chunk.position(), source, source.position(), count);
        chunk.position(chunk.position() + count);
        source.position(source.position() + count);
        size += count;
      }
    }
  }

  /** Appends one byte. */
  public void append(byte value) {
    ByteBuffer chunk = writable();
    if (chunk != null) {
      chunk.put(value);
      size++;
    }
  }

  /** Appends four bytes, most significant first. */
  public void appendInt(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      append((byte) (value >>> shift));
    }
  }

  private ByteBuffer writable() {
    ByteBuffer last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
    if (last != null && last.hasRemaining()) {
      return last;
    }
    int bytes = chunks.isEmpty() ? ChunkPool.SMALL_BYTES : ChunkPool.LARGE_BYTES;
    ByteBuffer next = failed ? null : pool.take(bytes);
    if (next == null) {
      failed = true;
    } else {
      chunks.add(next);
    }
    return next;
  }

  /** Overwrites four bytes that were appended before. */
  public void putInt(int offset, int value) {
    for (int i = 0; i < 4; i++) {
      int at = offset + i;
      chunks.get(chunk(at)).put(within(at), (byte) (value >>> (24 - 8 * i)));
    }
  }

  /** The byte at {@code offset}. */
  public byte get(int offset) {
    return chunks.get(chunk(offset)).get(within(offset));
  }

  private static int chunk(int offset) {
    return (offset - ChunkPool.SMALL_BYTES + ChunkPool.LARGE_BYTES) / ChunkPool.LARGE_BYTES;
  }

  private static int within(int offset) {
    int rest = offset - ChunkPool.SMALL_BYTES;
    return rest < 0 ? offset : rest % ChunkPool.LARGE_BYTES;
  }

  /** Cuts the payload to its first {@code length} bytes; a failure is forgotten. */
  public void truncate(int length) {
    int keep = length == 0 ? 0 : chunk(length - 1) + 1;
    while (chunks.size() > keep) {
      pool.give(chunks.remove(chunks.size() - 1));
    }
    if (keep > 0) {
      chunks.get(keep - 1).position(within(length - 1) + 1);
    }
    size = length;
    failed = false;
  }

  /** Bytes appended. */
  public int size() {
    return size;
  }

  /** Whether bytes were refused because the pool was empty: what is here is not whole. */
  public boolean failed() {
    return failed;
  }

  /** Adds buffers over all bytes, ready to be read, to {@code target}. */
  public void addTo(List<ByteBuffer> target) {
    for (ByteBuffer chunk : chunks) {
      target.add(chunk.duplicate().flip());
    }
  }

  /** Gives all memory back. The payload is empty afterwards; repeating it is harmless. */
  public void release() {
    truncate(0);
  }
}
