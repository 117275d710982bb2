// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageSource;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import istream.api.replication.ReplicaStore;
import istream.api.replication.Replication;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The services that know of replicas, as they come and go. Thread-safe. */
@Component(service = Replicas.class)
public final class Replicas {
  private final ReplicaRoll roll;
  private final Map<String, GapLedger> ledgers = new ConcurrentHashMap<>();

  /** Knows of none yet. */
  @Activate
  public Replicas() {
    this(new ReplicaRoll(System::nanoTime));
  }

  /** Knows those of a roll. */
  Replicas(ReplicaRoll roll) {
    this.roll = roll;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStore(ReplicaStore store) {
    roll.comes(store);
  }

  void removeStore(ReplicaStore store) {
    roll.goes(store);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addReplication(Replication replication) {
    roll.comes(replication);
  }

  void removeReplication(Replication replication) {
    roll.goes(replication);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSource(FootageSource source, Map<String, Object> properties) {
    roll.sourceComes(id(properties));
  }

  void removeSource(FootageSource source, Map<String, Object> properties) {
    roll.sourceGoes(id(properties));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addLedger(GapLedger ledger, Map<String, Object> properties) {
    ledgers.put(id(properties), ledger);
  }

  void removeLedger(GapLedger ledger, Map<String, Object> properties) {
    ledgers.remove(id(properties), ledger);
  }

  private static String id(Map<String, Object> properties) {
    return String.valueOf(properties.get(FootageStore.STORAGE_ID));
  }

  /** What the replicas of a storage have. */
  Copies copies(String storage) {
    return roll.copies(storage);
  }

  /** The ledger of a storage. */
  Optional<GapLedger> ledger(String storage) {
    return Optional.ofNullable(ledgers.get(storage));
  }
}
