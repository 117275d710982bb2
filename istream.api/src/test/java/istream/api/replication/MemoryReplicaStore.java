// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A replica whose objects never change: what a commit makes stays as it is, as in S3. */
final class MemoryReplicaStore implements ReplicaStore {
  /** Objects by their offset in their segment. */
  private final Map<SegmentKey, TreeMap<Long, byte[]>> objects = new HashMap<>();

  private final Map<SegmentKey, byte[]> aside = new HashMap<>();

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public ReplicaTerms terms() {
    return new ReplicaTerms("", true, OptionalLong.empty(), 1);
  }

  @Override
  public ReplicaSession connect() {
    return new Session();
  }

  /** All objects of a segment, one after the other; null if there is none. */
  byte[] bytes(SegmentKey key) {
    if (!objects.containsKey(key)) {
      return null;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    objects.get(key).values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** What was set aside of a segment, or null. */
  byte[] aside(SegmentKey key) {
    return aside.get(key);
  }

  /** Makes an object; only if there is none. */
  void put(SegmentKey key, long offset, byte[] bytes) throws ReplicaException {
    byte[] there = objects.computeIfAbsent(key, it -> new TreeMap<>()).putIfAbsent(offset, bytes);
    if (there != null && !Arrays.equals(there, bytes)) {
      throw new ReplicaException(Kind.FOREIGN, key.fileName() + " is taken", null);
    }
  }

  private final class Session implements ReplicaSession {
    private boolean closed;

    @Override
    public Capabilities capabilities() {
      return new Capabilities(false, true, true, true, true, 1 << 20);
    }

    @Override
    public Map<SegmentKey, Long> sizes(List<SegmentKey> keys) {
      Map<SegmentKey, Long> sizes = new HashMap<>();
      for (SegmentKey key : keys) {
        if (objects.containsKey(key)) {
          sizes.put(key, (long) bytes(key).length);
        }
      }
      return sizes;
    }

    @Override
    public ReplicaFile open(SegmentKey key, List<Fragment> units, SeekableByteChannel bytes)
        throws ReplicaException {
      byte[] there = bytes(key);
      if (there != null && !isBeginning(there, units, bytes)) {
        aside.put(key, there);
        objects.remove(key);
        there = null;
      }
      return new Part(key, there == null ? 0 : there.length);
    }

    private boolean isBeginning(byte[] there, List<Fragment> units, SeekableByteChannel bytes) {
      Fragment last = units.get(units.size() - 1);
      int both = (int) Math.min(there.length, last.offset() + last.length());
      byte[] beginning = Arrays.copyOf(there, both);
      return Arrays.equals(beginning, read(bytes, 0, both));
    }

    @Override
    public void ping() throws ReplicaException {
      if (closed) {
        throw new ReplicaException(Kind.LINK, "closed", null);
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static byte[] read(SeekableByteChannel bytes, long offset, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      bytes.position(offset);
      while (buffer.hasRemaining() && bytes.read(buffer) >= 0) {
        // until all is read
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return buffer.array();
  }

  private final class Part implements ReplicaFile {
    private final SegmentKey key;
    private final ByteArrayOutputStream units = new ByteArrayOutputStream();
    private long committed;
    private boolean hasFragment;

    Part(SegmentKey key, long committed) {
      this.key = key;
      this.committed = committed;
      hasFragment = committed > 0;
    }

    @Override
    public SegmentKey key() {
      return key;
    }

    @Override
    public long length() {
      return committed + units.size();
    }

    @Override
    public void append(Fragment unit, SeekableByteChannel bytes) {
      units.writeBytes(read(bytes, unit.offset(), unit.length()));
      hasFragment |= unit.duration().toNanos() > 0;
    }

    @Override
    public Receipt commit() throws ReplicaException {
      if (hasFragment && units.size() > 0) {
        put(key, committed, units.toByteArray());
        committed += units.size();
        units.reset();
      }
      long length = committed;
      return () -> length;
    }

    @Override
    public void close() {
      units.reset();
    }
  }
}
