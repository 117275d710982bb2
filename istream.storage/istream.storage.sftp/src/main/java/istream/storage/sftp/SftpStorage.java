// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.FootageListener;
import istream.api.footage.FootageStore;
import istream.api.replication.ReplicaStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** An SFTP server as a storage: the parts that share what is known of it. */
final class SftpStorage implements AutoCloseable {
  private final SharedRemote remote;
  private final Census census;
  private final SftpFootageStore footage;
  private final SftpReplicaStore replica;

  /** Makes ready; connects to nothing yet. */
  SftpStorage(
      SftpSettings settings, Links links, Clock clock, Supplier<List<FootageListener>> listeners) {
    Shared shared = new Shared(settings, clock);
    remote = new SharedRemote(shared, links);
    census = new Census(shared, links);
    footage = new SftpFootageStore(shared, remote, census, listeners);
    replica = new SftpReplicaStore(shared, links, census::start);
  }

  FootageStore footage() {
    return footage;
  }

  ReplicaStore replica() {
    return replica;
  }

  /** Ends its connections but those of the replicator. Never blocks for long. */
  @Override
  public void close() {
    census.close();
    remote.close();
  }
}
