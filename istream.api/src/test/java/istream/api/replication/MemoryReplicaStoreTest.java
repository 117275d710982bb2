// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import istream.api.footage.SegmentKey;

/** The contract has room for stores whose objects never change. */
class MemoryReplicaStoreTest extends ReplicaStoreContract {
  private final MemoryReplicaStore store = new MemoryReplicaStore();

  @Override
  protected ReplicaStore store() {
    return store;
  }

  @Override
  protected byte[] there(SegmentKey key) {
    return store.bytes(key);
  }

  @Override
  protected void put(SegmentKey key, byte[] bytes) throws ReplicaException {
    store.put(key, 0, bytes);
  }

  @Override
  protected byte[] aside(SegmentKey key) {
    return store.aside(key);
  }
}
