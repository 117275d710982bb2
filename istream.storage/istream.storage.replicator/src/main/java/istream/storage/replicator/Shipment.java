// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaFile;
import istream.api.replication.ReplicaSession;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** One file that is being copied: our copy, and the file on the replica. Confined to a thread. */
final class Shipment implements AutoCloseable {
  private final SeekableByteChannel channel;
  private final ReplicaFile file;

  private Shipment(SeekableByteChannel channel, ReplicaFile file) {
    this.channel = channel;
    this.file = file;
  }

  /** Opens both sides. */
  static Shipment open(FootageSource source, ReplicaSession session, SegmentKey key)
      throws FootageException, ReplicaException {
    List<Fragment> units = source.units(key);
    SeekableByteChannel channel = source.open(key);
    try {
      ReplicaFile file = session.open(key, units, channel);
      return new Shipment(channel, file);
    } catch (ReplicaException | RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  /** Bytes that lie on the replica or are on their way there. */
  long length() {
    return file.length();
  }

  void append(Fragment unit) throws ReplicaException {
    file.append(unit, channel);
  }

  ReplicaFile.Receipt commit() throws ReplicaException {
    return file.commit();
  }

  @Override
  public void close() {
    file.close();
    close(channel);
  }

  private static void close(SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException none) {
      // it was only read
    }
  }
}
