// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaSession;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaTerms;

/** An SFTP server as a replica. */
final class SftpReplicaStore implements ReplicaStore {
  private final Shared shared;
  private final Links links;
  private final Runnable connected;

  /**
   * Makes a store; connects to nothing yet.
   *
   * @param connected told of each connection made; returns at once
   */
  SftpReplicaStore(Shared shared, Links links, Runnable connected) {
    this.shared = shared;
    this.links = links;
    this.connected = connected;
  }

  @Override
  public String id() {
    return shared.settings().id();
  }

  @Override
  public ReplicaTerms terms() {
    return shared.settings().terms();
  }

  @Override
  public ReplicaSession connect() throws ReplicaException {
    Remote remote = Remote.connect(shared.settings(), links, shared.state());
    connected.run();
    return new SftpSession(shared, remote);
  }
}
