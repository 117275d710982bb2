// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.replication.ReplicaStore;
import istream.api.replication.Replication;
import istream.api.replication.ReplicationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Which replicas a storage has. One that is away for a moment, as while a bundle is updated, is
 * still one of them, and one that is just beginning has to find out first what it has. Thread-safe.
 */
final class ReplicaRoll {
  private static final long ABSENCE = Duration.ofSeconds(60).toNanos();

  /** Comparing a long archive over a slow link takes its time; the answer spares a false loss. */
  private static final long COUNTING = Duration.ofMinutes(10).toNanos();

  private final LongSupplier nanos;
  private final List<ReplicaStore> stores = new ArrayList<>();
  private final List<Replication> replications = new ArrayList<>();
  private final SortedSet<String> sources = new TreeSet<>();
  private final Map<String, Departure> departed = new HashMap<>();
  private final Map<String, Long> unsettled = new HashMap<>();
  private final Set<String> settled = new HashSet<>();

  private record Departure(String source, long since) {}

  /**
   * Makes an empty one.
   *
   * @param nanos monotonic time
   */
  ReplicaRoll(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized void comes(ReplicaStore store) {
    stores.add(store);
    unsettled.putIfAbsent(store.id(), nanos.getAsLong());
  }

  synchronized void goes(ReplicaStore store) {
    stores.remove(store);
    departs(store.id(), source(store));
  }

  synchronized void comes(Replication replication) {
    replications.add(replication);
    settled.remove(replication.id());
    unsettled.put(replication.id(), nanos.getAsLong());
  }

  synchronized void goes(Replication replication) {
    replications.remove(replication);
    departs(replication.id(), replication.status().source());
  }

  private void departs(String id, String source) {
    long now = nanos.getAsLong();
    departed.put(id, new Departure(source, now));
    unsettled.put(id, now);
  }

  synchronized void sourceComes(String storage) {
    sources.add(storage);
  }

  synchronized void sourceGoes(String storage) {
    sources.remove(storage);
  }

  /** Whose footage it copies; empty if that cannot be told. */
  private String source(ReplicaStore store) {
    String named = store.terms().source();
    return named.isEmpty() && sources.size() == 1 ? sources.first() : named;
  }

  /** What the replicas of a storage have. */
  synchronized Copies copies(String storage) {
    long now = nanos.getAsLong();
    departed.values().removeIf(departure -> now - departure.since() >= ABSENCE);
    Map<String, Replication> answering = new HashMap<>();
    for (Replication replication : replications) {
      if (replication.status().source().equals(storage)) {
        answering.put(replication.id(), replication);
      }
    }
    Set<String> ids = new TreeSet<>(answering.keySet());
    stores.stream().filter(store -> source(store).equals(storage)).forEach(s -> ids.add(s.id()));
    departed.forEach(
        (id, departure) -> {
          if (departure.source().equals(storage)) {
            ids.add(id);
          }
        });
    boolean awaited = false;
    for (String id : ids) {
      awaited |= isAwaited(id, answering.get(id), now);
    }
    return new Copies(List.copyOf(ids), answering, awaited);
  }

  private boolean isAwaited(String id, Replication replication, long now) {
    boolean present = replication != null;
    if (present && (settled.contains(id) || hasCounted(replication.status()))) {
      // what it counts anew later, as when we delete something, it knows of
      settled.add(id);
      unsettled.remove(id);
      return false;
    }
    long since = now - unsettled.computeIfAbsent(id, unknown -> now);
    return since < (present && replication.status().connected() ? COUNTING : ABSENCE);
  }

  /** One that names no camera has not looked yet. */
  private static boolean hasCounted(ReplicationStatus status) {
    return !status.cameras().isEmpty()
        && status.cameras().stream().allMatch(ReplicationStatus.Progress::counted);
  }
}
