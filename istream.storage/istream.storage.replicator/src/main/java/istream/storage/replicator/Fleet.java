// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Further connections for live heads, when one cannot carry them. One more is made whenever they
 * stay late; one that cannot be made gives its heads back to the first. One thread calls it.
 */
final class Fleet {
  private static final Duration LATE = Duration.ofSeconds(3);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long DENIED_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long JOIN_MILLIS = 1000;

  private final Books books;
  private final int most;
  private final LongSupplier nanos;
  private final IntFunction<Further> maker;
  private final List<Further> further = new CopyOnWriteArrayList<>();
  private long notBefore;

  /** A connection and the thread that uses it. */
  record Further(LiveLane lane, Worker worker) {}

  /**
   * Makes none yet.
   *
   * @param most further connections
   * @param maker makes the one with that number
   */
  Fleet(Books books, int most, LongSupplier nanos, IntFunction<Further> maker) {
    this.books = books;
    this.most = most;
    this.nanos = nanos;
    this.maker = maker;
    notBefore = nanos.getAsLong();
  }

  /**
   * Looks whether one more is needed.
   *
   * @param first the connection that is always there
   */
  void look(Link first) {
    dismiss(first);
    if (!first.up() || !books.heads().late(LATE, nanos.getAsLong())) {
      notBefore = Math.max(notBefore, nanos.getAsLong() + PATIENCE_NANOS);
    } else if (further.size() < most && nanos.getAsLong() >= notBefore) {
      Further one = maker.apply(further.size() + 1);
      further.add(one);
      books.heads().spread(further.size() + 1);
      one.worker().start();
      notBefore = nanos.getAsLong() + PATIENCE_NANOS;
    }
  }

  /** The newest goes if it cannot connect while the first can. */
  private void dismiss(Link first) {
    if (further.isEmpty() || !first.up()) {
      return;
    }
    Further last = further.get(further.size() - 1);
    if (last.lane().link().failing()) {
      last.worker().end();
      last.lane().link().close();
      further.remove(last);
      books.heads().spread(further.size() + 1);
      notBefore = nanos.getAsLong() + DENIED_NANOS;
    }
  }

  /** Something was written. */
  void wake() {
    further.forEach(one -> one.worker().wake());
  }

  /** A step of each, where no thread takes it. */
  void step() {
    further.forEach(one -> one.worker().step());
  }

  void close() throws InterruptedException {
    for (Further one : further) {
      one.worker().end();
      one.lane().link().close();
    }
    for (Further one : further) {
      one.worker().join(JOIN_MILLIS);
    }
  }
}
