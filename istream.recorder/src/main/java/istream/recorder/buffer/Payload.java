// SPDX-License-Identifier: Apache-2.0
package istream.recorder.buffer;

import istream.recorder.buffer.ChunkPool.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that grow at their end, in the memory of a pool. Filled by one thread, then handed to
 * another as a whole. When the pool is empty the payload fails: it takes nothing more and says so.
 */
public final class Payload {
  private final ChunkPool pool;
  private final Arena arena;
  private final List<Part> parts = new ArrayList<>(2);
  private Part last;
  private int size;
  private boolean failed;

  Payload(ChunkPool pool, Arena arena) {
    this.pool = pool;
    this.arena = arena;
  }

  /** Appends what remains in {@code source}, and consumes it. */
  public void append(ByteBuffer source) {
    while (source.hasRemaining() && writable()) {
      Part part = last;
      int count = Math.min(ChunkPool.CHUNK_BYTES - part.to, source.remaining());
      part.chunk.bytes.put(part.to, source, source.position(), count);
      source.position(source.position() + count);
      grow(part, count);
    }
  }

  /** Appends one byte. */
  public void append(byte value) {
    if (writable()) {
      last.chunk.bytes.put(last.to, value);
      grow(last, 1);
    }
  }

  /** Appends four bytes, most significant first. */
  public void appendInt(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      append((byte) (value >>> shift));
    }
  }

  private void grow(Part part, int count) {
    part.to += count;
    size += count;
    arena.grown(part);
  }

  private boolean writable() {
    if (last != null && arena.continues(last)) {
      return true;
    }
    Part next = failed ? null : arena.begin(size);
    if (next == null) {
      failed = true;
      return false;
    }
    parts.add(next);
    last = next;
    return true;
  }

  /** Overwrites four bytes that were appended before. */
  public void putInt(int offset, int value) {
    for (int i = 0; i < 4; i++) {
      Part part = partAt(offset + i);
      part.chunk.bytes.put(part.from + offset + i - part.start, (byte) (value >>> (24 - 8 * i)));
    }
  }

  /** The byte at {@code offset}. */
  public byte get(int offset) {
    Part part = partAt(offset);
    return part.chunk.bytes.get(part.from + offset - part.start);
  }

  /** Mostly the newest one is asked for. */
  private Part partAt(int offset) {
    int at = parts.size() - 1;
    while (offset < parts.get(at).start) {
      at--;
    }
    return parts.get(at);
  }

  /** Bytes appended. */
  public int size() {
    return size;
  }

  /** Whether bytes were refused because the pool was empty: what is here is not whole. */
  public boolean failed() {
    return failed;
  }

  /**
   * Adds buffers over all bytes of the payloads, in their order and ready to be read, to {@code
   * target}. What lies one behind the other in memory is one buffer.
   */
  public static void gather(List<Payload> payloads, List<ByteBuffer> target) {
    Part first = null;
    Part newest = null;
    for (int i = 0; i < payloads.size(); i++) {
      List<Part> parts = payloads.get(i).parts;
      for (int p = 0; p < parts.size(); p++) {
        Part part = parts.get(p);
        if (first == null || part.chunk != newest.chunk || part.from != newest.to) {
          addView(first, newest, target);
          first = part;
        }
        newest = part;
      }
    }
    addView(first, newest, target);
  }

  private static void addView(Part first, Part newest, List<ByteBuffer> target) {
    if (first != null) {
      target.add(first.chunk.bytes.slice(first.from, newest.to - first.from));
    }
  }

  /** Gives all memory back. The payload is empty afterwards; repeating it is harmless. */
  public void release() {
    if (!parts.isEmpty()) {
      pool.give(parts);
      parts.clear();
    }
    last = null;
    size = 0;
    failed = false;
  }
}
