// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A store that footage of another is copied to. A service with the property {@link
 * istream.api.footage.FootageStore#STORAGE_ID}. The replicator calls it from its own threads.
 */
@ProviderType
public interface ReplicaStore {
  /** The storage's id. */
  String id();

  /** What its owner wants of the replicator. Never blocks. */
  ReplicaTerms terms();

  /**
   * Opens a connection. Blocks, for some 20 s at most.
   *
   * @throws ReplicaException of the kind {@code LINK} if the server cannot be reached, or {@code
   *     REFUSED} if it lets us not in, or is not the one that it should be
   */
  ReplicaSession connect() throws ReplicaException;
}
