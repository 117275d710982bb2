// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageSource;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaSession;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the live heads durable on the replica, over one connection. Confined to a thread. */
final class LiveLane {
  private static final Logger LOG = LoggerFactory.getLogger(LiveLane.class);
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final long LEAST_CUT_BYTES = 256 << 10;
  private static final long LENT_BYTES = 256 << 10;
  private static final long SOURCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int number;
  private final Books books;
  private final Origin origin;
  private final Link link;
  private final Pace pace;
  private final LongSupplier nanos;
  private final Round round;
  private int turn;

  /**
   * Connects to nothing yet.
   *
   * @param number of the connection, the first is 0
   */
  LiveLane(int number, Books books, Origin origin, Link link, Pace pace, LongSupplier nanos) {
    this.number = number;
    this.books = books;
    this.origin = origin;
    this.link = link;
    this.pace = pace;
    this.nanos = nanos;
    round = new Round(books, pace, nanos, this::heads);
  }

  /**
   * One round, or one try to connect.
   *
   * @return nanoseconds until there is something to do again, if nothing happens before
   */
  long step() {
    handOver();
    if (link.pause() > 0) {
      return link.pause();
    }
    try {
      long wait = ship(link.session());
      if (link.proven()) {
        books.alarms().clear(link);
      }
      return wait;
    } catch (ReplicaException e) {
      broke(e);
    } catch (RuntimeException e) {
      LOG.error("a fault of istream in replication; trying again", e);
      broke(new ReplicaException(ReplicaException.Kind.LINK, "a fault of istream: " + e, e));
    }
    return link.pause();
  }

  private long ship(ReplicaSession session) throws ReplicaException {
    Optional<FootageSource> source = origin.find();
    if (source.isEmpty()) {
      return Math.min(SOURCE_NANOS, link.ping());
    }
    cut(source.get());
    round.closeOthers();
    if (!round.run(source.get(), session, due())) {
      return idle();
    }
    link.answered();
    return due().isEmpty() ? link.ping() : pace.waitForLive();
  }

  private long idle() throws ReplicaException {
    long wait = link.ping();
    boolean waiting = due().stream().anyMatch(head -> head.next().isPresent());
    return waiting ? Math.min(wait, pace.waitForLive()) : wait;
  }

  /**
   * Carries a piece of the backlog, because no second connection is to be had.
   *
   * @return nanoseconds until the next
   */
  long lend(Backlog backlog) {
    try {
      return backlog.step(link, LENT_BYTES);
    } catch (ReplicaException e) {
      backlog.drop();
      broke(e);
      return link.pause();
    }
  }

  /** Lets go of the files. */
  void release() {
    round.forgetFiles();
  }

  private List<Head> heads() {
    return books.heads().of(number);
  }

  Link link() {
    return link;
  }

  /** Those that something can be done for, each round another first. */
  private List<Head> due() {
    long now = nanos.getAsLong();
    List<Head> due = heads();
    due.removeIf(head -> !head.due(now));
    if (!due.isEmpty()) {
      turn = (turn + 1) % due.size();
      Collections.rotate(due, turn);
    }
    return due;
  }

  private void broke(ReplicaException e) {
    round.forgetFiles();
    link.broke(e);
    books.alarms().raise(link, e.getMessage());
  }

  /** What is late and closed, or was deleted on the replica, is a live head no longer. */
  private void handOver() {
    List<Head> surplus = books.heads().surplus();
    for (Head head : heads()) {
      if (books.horizon().covers(head.key())) {
        books.forget(head.key());
      } else if (surplus.contains(head) || (head.closed() && tooMuch(head.unsentBytes()))) {
        books.handOver(head);
      }
    }
  }

  /** A segment that lags by more than the link carries in 2 s is ended: the next one is live. */
  private void cut(FootageSource source) {
    List<Head> heads = heads();
    if (!tooMuch(heads.stream().mapToLong(Head::unsentBytes).sum())) {
      return;
    }
    for (Head head : heads) {
      boolean late = head.lateness().compareTo(LATE) > 0;
      if (late && head.unsentBytes() > LEAST_CUT_BYTES && head.askForCut()) {
        source.cut(head.key());
      }
    }
  }

  private boolean tooMuch(long bytes) {
    return bytes > Math.max(LEAST_CUT_BYTES, LATE.toSeconds() * round.rate().bytesPerSecond());
  }
}
