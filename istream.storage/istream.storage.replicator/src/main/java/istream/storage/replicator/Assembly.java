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
  /** One for the live heads that is always there, one for the backlog. */
  private static final int BASIC_CONNECTIONS = 2;

  private final ReplicaStore store;
  private final ReplicaTerms terms;
  private final Origin origin;
  private final Clock clock;
  private final LongSupplier nanos;
  private final ThreadFactory threads;

  private Assembly(
      ReplicaStore store,
      Supplier<Map<String, FootageSource>> sources,
      Clock clock,
      LongSupplier nanos,
      ThreadFactory threads) {
    this.store = store;
    terms = store.terms();
    origin = new Origin(terms.source(), sources);
    this.clock = clock;
    this.nanos = nanos;
    this.threads = threads;
  }

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
    return new Assembly(store, sources, clock, nanos, threads)
        .replica(data.resolve("replicas").resolve(store.id()));
  }

  private Replica replica(Path memory) {
    String id = store.id();
    Horizon horizon = new Horizon(memory, nanos);
    Books books = new Books(new Heads(), new HourLedger(), horizon, new Risk(), new Alarms(id));
    Pace pace = new Pace(terms.mostBitsPerSecond(), nanos);
    Backlog.Times times = new Backlog.Times(clock, nanos);
    Backlog backlog = new Backlog(books, origin, pace, terms.newestFirst(), times);
    Lanes lanes = lanes(books, pace, backlog);
    Shift shift = new Shift(books, lanes, new RiskWatch(id, books, nanos));
    return new Replica(id, origin, books, backlog, lanes, worker("", shift, lanes::release));
  }

  private Lanes lanes(Books books, Pace pace, Backlog backlog) {
    LiveLane first = lane(0, books, pace);
    boolean more = terms.connections() > 1;
    BacklogLane second = new BacklogLane(backlog, first.link(), link(), more, nanos);
    Fleet fleet = new Fleet(books, further(), nanos, number -> further(number, books, pace));
    return new Lanes(
        backlog, first, second, worker("-backlog", second::step, second::release), fleet);
  }

  /** More connections do not help where it is the owner who sets the limit. */
  private int further() {
    return terms.mostBitsPerSecond().isPresent() ? 0 : terms.connections() - BASIC_CONNECTIONS;
  }

  private Fleet.Further further(int number, Books books, Pace pace) {
    LiveLane lane = lane(number, books, pace);
    return new Fleet.Further(lane, worker("-" + number, lane::step, lane::release));
  }

  private LiveLane lane(int number, Books books, Pace pace) {
    return new LiveLane(number, books, origin, link(), pace, nanos);
  }

  private Link link() {
    return new Link(store, nanos, new Backoff(RandomGenerator.getDefault()));
  }

  private Worker worker(String suffix, LongSupplier step, Runnable last) {
    return new Worker("istream-replica-" + store.id() + suffix, threads, step, last);
  }
}
