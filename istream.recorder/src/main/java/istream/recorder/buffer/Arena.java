// SPDX-License-Identifier: Apache-2.0
package istream.recorder.buffer;

import istream.recorder.buffer.ChunkPool.Chunk;
import istream.recorder.buffer.ChunkPool.Part;

/**
 * Where the payloads of one track are written, one behind another, so that those of a fragment are
 * few pieces of memory when they are stored. For one thread; payloads may be released by another.
 */
public final class Arena implements AutoCloseable {
  private final ChunkPool pool;
  private Chunk chunk;
  private int position;

  /** An arena that has no memory yet. */
  public Arena(ChunkPool pool) {
    this.pool = pool;
  }

  /** An empty payload that is written here. */
  public Payload payload() {
    return new Payload(pool, this);
  }

  /** Whether a part ends where the arena goes on, with room behind it. */
  boolean continues(Part part) {
    return part.chunk == chunk && part.to == position && position < ChunkPool.CHUNK_BYTES;
  }

  /**
   * A new part with room behind it, or null if all memory is in use.
   *
   * @param start bytes of the payload before it
   */
  Part begin(int start) {
    if (chunk != null && position == ChunkPool.CHUNK_BYTES) {
      close();
    }
    if (chunk == null) {
      chunk = pool.take();
      position = 0;
    }
    if (chunk == null) {
      return null;
    }
    Part part = pool.part(chunk, start, position);
    position = part.from;
    return part;
  }

  /** The newest part has grown. */
  void grown(Part part) {
    position = part.to;
  }

  /** Fills no more: the memory goes back with the last payload. Writing again takes new memory. */
  @Override
  public void close() {
    if (chunk != null) {
      pool.filled(chunk);
      chunk = null;
    }
  }
}
