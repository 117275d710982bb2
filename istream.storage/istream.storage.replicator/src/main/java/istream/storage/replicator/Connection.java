// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaSession;

/** Where a session comes from when one is needed, so that none is made in vain. */
interface Connection {
  /** The session there is, or a new one. */
  ReplicaSession session() throws ReplicaException;

  /** Whether there is one. */
  boolean up();
}
