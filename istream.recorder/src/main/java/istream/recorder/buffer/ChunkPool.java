// SPDX-License-Identifier: Apache-2.0
package istream.recorder.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Pieces of memory outside the heap, of two sizes, bounded in bytes, handed out and taken back.
 * Thread-safe: the network thread takes, the disk threads give back.
 */
public final class ChunkPool {
  /** Bytes of a large chunk: a key frame needs few. */
  static final int LARGE_BYTES = 8192;

  /** Bytes of a small chunk: most pieces of audio need one, and a payload begins with one. */
  static final int SMALL_BYTES = 1024;

  private static final int SLAB_BYTES = 256 << 10;

  private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();
  private final long mostBytes;
  private long madeBytes;
  private long freeBytes;

  /**
   * Makes a pool that allocates nothing yet.
   *
   * @param mostBytes the bound on all chunks together
   */
  public ChunkPool(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A cleared chunk of that size, or null if all are in use. */
  synchronized ByteBuffer take(int bytes) {
    ArrayDeque<ByteBuffer> free = free(bytes);
    if (free.isEmpty()) {
      allocate(bytes, free);
    }
    ByteBuffer chunk = free.pollLast();
    if (chunk == null) {
      return null;
    }
    freeBytes -= bytes;
    return chunk.clear();
  }

  private ArrayDeque<ByteBuffer> free(int bytes) {
    return bytes == SMALL_BYTES ? small : large;
  }

  private void allocate(int bytes, ArrayDeque<ByteBuffer> free) {
    int slab = (int) Math.min(SLAB_BYTES, mostBytes - madeBytes) / bytes * bytes;
    ByteBuffer memory = ByteBuffer.allocateDirect(slab);
    for (int offset = 0; offset < slab; offset += bytes) {
      free.addLast(memory.slice(offset, bytes));
    }
    madeBytes += slab;
    freeBytes += slab;
  }

  /** Takes a chunk back; the caller must not touch it again. */
  synchronized void give(ByteBuffer chunk) {
    free(chunk.capacity()).addLast(chunk);
    freeBytes += chunk.capacity();
  }

  /** Bytes in use. */
  public synchronized long usedBytes() {
    return madeBytes - freeBytes;
  }
}
