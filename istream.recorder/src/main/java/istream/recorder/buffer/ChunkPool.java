// SPDX-License-Identifier: Apache-2.0
package istream.recorder.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Chunks of memory outside the heap, all of one size, bounded in bytes. A chunk goes back when
 * nobody fills it and no payload lies in it any more. Thread-safe: the network thread fills, the
 * disk threads give back.
 */
public final class ChunkPool {
  /** Bytes of a chunk: a fragment needs few, and a track that hardly delivers wastes little. */
  static final int CHUNK_BYTES = 32 << 10;

  private static final int SLAB_BYTES = 256 << 10;

  /** Memory in which payloads lie one behind another. Its counts are guarded by the pool. */
  static final class Chunk {
    final ByteBuffer bytes;
    private int parts;
    private boolean filling;

    Chunk(ByteBuffer bytes) {
      this.bytes = bytes;
    }
  }

  /** What a payload has of a chunk; {@code to} grows while it is written. */
  static final class Part {
    final Chunk chunk;
    final int start;
    final int from;
    int to;

    /**
     * Begins empty.
     *
     * @param start bytes of the payload before it
     * @param from where it begins in the chunk
     */
    Part(Chunk chunk, int start, int from) {
      this.chunk = chunk;
      this.start = start;
      this.from = from;
      to = from;
    }
  }

  private final ArrayDeque<Chunk> free = new ArrayDeque<>();
  private final long mostBytes;
  private long madeBytes;
  private long usedBytes;

  /**
   * Makes a pool that allocates nothing yet.
   *
   * @param mostBytes the bound on all chunks together
   */
  public ChunkPool(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A chunk to be filled, or null if all are in use. */
  synchronized Chunk take() {
    if (free.isEmpty()) {
      allocate();
    }
    Chunk chunk = free.pollLast();
    if (chunk != null) {
      chunk.filling = true;
    }
    return chunk;
  }

  private void allocate() {
    int slab = (int) Math.min(SLAB_BYTES, mostBytes - madeBytes) / CHUNK_BYTES * CHUNK_BYTES;
    ByteBuffer memory = ByteBuffer.allocateDirect(slab);
    for (int offset = 0; offset < slab; offset += CHUNK_BYTES) {
      free.addLast(new Chunk(memory.slice(offset, CHUNK_BYTES)));
    }
    madeBytes += slab;
  }

  /**
   * A part of a chunk that is being filled.
   *
   * @param start bytes of the payload before it
   * @param from where it begins, unless the chunk is empty: then it begins with the chunk
   */
  synchronized Part part(Chunk chunk, int start, int from) {
    boolean first = chunk.parts++ == 0;
    usedBytes += first ? CHUNK_BYTES : 0;
    return new Part(chunk, start, first ? 0 : from);
  }

  /** The chunk is filled no more. */
  synchronized void filled(Chunk chunk) {
    chunk.filling = false;
    reclaim(chunk);
  }

  /** Takes parts back; nobody must touch their bytes again. */
  synchronized void give(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Chunk chunk = parts.get(i).chunk;
      usedBytes -= --chunk.parts == 0 ? CHUNK_BYTES : 0;
      reclaim(chunk);
    }
  }

  private void reclaim(Chunk chunk) {
    if (chunk.parts == 0 && !chunk.filling) {
      free.addLast(chunk);
    }
  }

  /** Bytes of the chunks in which something lies. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  /** Whether more than a third of what there may be is in use. */
  public synchronized boolean crowded() {
    return usedBytes > mostBytes / 3;
  }
}
