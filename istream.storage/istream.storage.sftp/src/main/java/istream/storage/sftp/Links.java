// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;

/** Opens connections. */
interface Links {
  /**
   * Opens one. Blocks, for some 20 s at most.
   *
   * @throws ReplicaException of the kind {@code LINK} or {@code REFUSED}
   */
  Link open() throws ReplicaException;
}
