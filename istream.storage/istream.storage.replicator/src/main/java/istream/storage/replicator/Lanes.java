// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.function.LongSupplier;

/** The connections of a replica and what each carries. */
final class Lanes {
  private final Books books;
  private final Link link;
  private final LiveLane live;
  private final RiskWatch watch;

  Lanes(String id, Books books, Link link, LiveLane live, LongSupplier nanos) {
    this.books = books;
    this.link = link;
    this.live = live;
    watch = new RiskWatch(id, books, nanos);
  }

  boolean connected() {
    return link.up();
  }

  /** A step of the live heads; then whatever else is due. */
  long step() {
    long wait = live.step();
    watch.look();
    books.horizon().saveIfDue();
    return wait;
  }

  void close() {
    link.close();
  }
}
