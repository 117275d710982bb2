// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.function.LongSupplier;

/** What the first thread of a replication does, again and again. */
final class Shift implements LongSupplier {
  private final Books books;
  private final Lanes lanes;
  private final RiskWatch watch;

  Shift(Books books, Lanes lanes, RiskWatch watch) {
    this.books = books;
    this.lanes = lanes;
    this.watch = watch;
  }

  @Override
  public long getAsLong() {
    long wait = lanes.step();
    watch.look();
    books.horizon().saveIfDue();
    return wait;
  }
}
