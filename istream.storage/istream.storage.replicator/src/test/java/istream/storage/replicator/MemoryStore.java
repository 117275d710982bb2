// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.Capabilities;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import istream.api.replication.ReplicaFile;
import istream.api.replication.ReplicaSession;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaTerms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A replica in memory; every call can be made to fail. */
final class MemoryStore implements ReplicaStore {
  static final String ID = "offsite";

  /** Asked before every call. */
  interface Fault {
    void before(String call, SegmentKey key) throws ReplicaException;
  }

  final Map<SegmentKey, byte[]> files = new TreeMap<>();
  final List<SegmentKey> order = new ArrayList<>();
  ReplicaTerms terms = new ReplicaTerms("", true, OptionalLong.empty(), 2);
  Capabilities capabilities = new Capabilities(true, true, true, true, true, 0);
  Fault fault = (call, key) -> {};
  int connections;
  int mostConnections = Integer.MAX_VALUE;
  int commits;
  long sent;

  static ReplicaException broken() {
    return new ReplicaException(Kind.LINK, "the link is broken", null);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public ReplicaTerms terms() {
    return terms;
  }

  @Override
  public ReplicaSession connect() throws ReplicaException {
    fault.before("connect", null);
    if (connections >= mostConnections) {
      throw broken();
    }
    connections++;
    return new Session();
  }

  private final class Session implements ReplicaSession {
    private boolean closed;

    private void before(String call, SegmentKey key) throws ReplicaException {
      if (closed) {
        throw broken();
      }
      fault.before(call, key);
    }

    @Override
    public Capabilities capabilities() {
      return capabilities;
    }

    @Override
    public Map<SegmentKey, Long> sizes(List<SegmentKey> keys) throws ReplicaException {
      before("sizes", keys.get(0));
      Map<SegmentKey, Long> sizes = new HashMap<>();
      for (SegmentKey key : keys) {
        if (files.containsKey(key)) {
          sizes.put(key, (long) files.get(key).length);
        }
      }
      return sizes;
    }

    @Override
    public ReplicaFile open(SegmentKey key, List<Fragment> units, SeekableByteChannel bytes)
        throws ReplicaException {
      before("open", key);
      order.add(key);
      return new File(this, key);
    }

    @Override
    public void ping() throws ReplicaException {
      before("ping", null);
    }

    @Override
    public void close() {
      connections -= closed ? 0 : 1;
      closed = true;
    }
  }

  private final class File implements ReplicaFile {
    private final Session session;
    private final SegmentKey key;
    private byte[] bytes;

    File(Session session, SegmentKey key) {
      this.session = session;
      this.key = key;
      bytes = files.getOrDefault(key, new byte[0]);
    }

    @Override
    public SegmentKey key() {
      return key;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void append(Fragment unit, SeekableByteChannel copy) throws ReplicaException {
      session.before("append", key);
      if (unit.offset() != bytes.length) {
        throw new IllegalStateException(key + " at " + unit.offset() + ", not " + bytes.length);
      }
      ByteBuffer target = ByteBuffer.allocate(unit.length());
      try {
        copy.position(unit.offset());
        copy.read(target);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      bytes = Arrays.copyOf(bytes, bytes.length + unit.length());
      System.arraycopy(target.array(), 0, bytes, (int) unit.offset(), unit.length());
      sent += unit.length();
      // what was sent may lie there whether or not the answer arrives
      if (capabilities.appends()) {
        files.put(key, bytes);
      }
    }

    @Override
    public Receipt commit() throws ReplicaException {
      session.before("commit", key);
      commits++;
      byte[] all = bytes;
      return () -> {
        session.before("await", key);
        files.put(key, all);
        return all.length;
      };
    }

    @Override
    public void close() {}
  }
}
