// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageSource;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Puts a replication together. */
final class Assembly {
  private Assembly() {}

  /**
   * A replication that was not started.
   *
   * @param sources the storages that are there, by id
   * @param data directory of what changes at run time
   */
  static Replica replica(
      ReplicaStore store,
      Supplier<Map<String, FootageSource>> sources,
      Path data,
      Clock clock,
      LongSupplier nanos,
      ThreadFactory threads) {
    ReplicaTerms terms = store.terms();
    String id = store.id();
    Origin origin = new Origin(terms.source(), sources);
    Horizon horizon = new Horizon(data.resolve("replicas").resolve(id), nanos);
    Books books = new Books(new Heads(), new HourLedger(), horizon, new Risk(), new Alarms(id));
    Pace pace = new Pace(terms.mostBitsPerSecond(), nanos);
    Backlog.Times times = new Backlog.Times(clock, nanos);
    Backlog backlog = new Backlog(books, origin, pace, terms.newestFirst(), times);
    Link link = link(store, nanos);
    LiveLane live = new LiveLane(books, origin, link, pace, nanos);
    BacklogLane second = new BacklogLane(backlog, link, link(store, nanos), nanos);
    Worker worker = new Worker("istream-replica-" + id + "-backlog", threads, second::step);
    RiskWatch watch = new RiskWatch(id, books, nanos);
    Lanes lanes = new Lanes(books, backlog, live, second, worker, watch);
    return new Replica(id, origin, books, backlog, lanes, threads);
  }

  private static Link link(ReplicaStore store, LongSupplier nanos) {
    return new Link(store, nanos, new Backoff(RandomGenerator.getDefault()));
  }
}
