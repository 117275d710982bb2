// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import istream.api.replication.Capabilities;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaSession;
import istream.storage.replicator.Comparison.Lack;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One segment of the backlog on its way. Confined to a thread at a time. */
final class Parcel implements AutoCloseable {
  /** Enough for a round trip not to count, little enough to be sent again. */
  private static final long COMMIT_BYTES = 8 << 20;

  private final Lack lack;
  private final Books books;
  private final Shipment shipment;
  private final ReplicaSession session;
  private final long least;
  private final Deque<Fragment> unsent = new ArrayDeque<>();
  private final Deque<Fragment> unanswered = new ArrayDeque<>();
  private long credited;
  private long answered;

  private Parcel(Lack lack, Books books, Shipment shipment, ReplicaSession session) {
    this.lack = lack;
    this.books = books;
    this.shipment = shipment;
    this.session = session;
    Capabilities can = session.capabilities();
    least = can.appends() ? COMMIT_BYTES : Math.max(COMMIT_BYTES, can.groupBytes());
  }

  /** Opens both sides. */
  static Parcel open(Lack lack, Books books, FootageSource source, ReplicaSession session)
      throws FootageException, ReplicaException {
    List<Fragment> units = source.units(lack.key());
    Parcel parcel = new Parcel(lack, books, Shipment.open(source, session, lack.key()), session);
    parcel.answered = parcel.shipment.length();
    for (Fragment unit : units) {
      boolean there = unit.offset() + unit.length() <= parcel.shipment.length();
      (there ? parcel.unanswered : parcel.unsent).add(unit);
    }
    return parcel;
  }

  Lack lack() {
    return lack;
  }

  /** Whether it travels over that connection. */
  boolean over(ReplicaSession other) {
    return session.equals(other);
  }

  SegmentKey key() {
    return lack.key();
  }

  /**
   * Sends a piece; commits when enough was sent, or all.
   *
   * @return whether all is durable
   */
  boolean ship(long most, Pace pace) throws ReplicaException {
    long bytes = 0;
    while (bytes < most && !unsent.isEmpty() && pace.waitForBacklog() == 0) {
      Fragment unit = unsent.peek();
      shipment.append(unit);
      pace.spend(unit.length());
      bytes += unit.length();
      unanswered.add(unsent.remove());
    }
    if (unsent.isEmpty() || shipment.length() - answered >= worthCommit()) {
      answered(shipment.commit().await());
    }
    return unsent.isEmpty() && unanswered.isEmpty();
  }

  /** The first one early: from then on the file has its name, and is gone on with after a break. */
  private long worthCommit() {
    return answered == 0 && session.capabilities().appends() ? 1 : least;
  }

  private void answered(long length) {
    answered = length;
    while (!unanswered.isEmpty()
        && unanswered.peek().offset() + unanswered.peek().length() <= length) {
      Fragment unit = unanswered.remove();
      if (unit.kind() == Unit.Kind.FRAGMENT) {
        books.risk().durable(lack.key().camera(), unit.end());
      }
    }
    long gained = Math.min(lack.missing(), length - (lack.bytes() - lack.missing()));
    books.ledger().shipped(lack.key(), Math.max(0, gained - credited));
    credited = Math.max(credited, gained);
  }

  @Override
  public void close() {
    shipment.close();
  }
}
