// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.storage.replicator.Comparison.Lack;
import istream.storage.replicator.HourLedger.Place;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Walks through what the replica lacks: compares the hours that are not counted, and ships what
 * lacks, turn by turn of the cameras. By name it holds one hour of each camera. One thread at a
 * time.
 */
final class Backlog {
  /** There is nothing to do. */
  static final long NOTHING = Long.MAX_VALUE;

  private static final Duration LATE = Duration.ofMillis(1500);
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SOURCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long REVIEW_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Books books;
  private final Origin origin;
  private final Pace pace;
  private final boolean newestFirst;
  private final LongSupplier nanos;
  private final Skips skips;
  private final Comparison comparison;
  private final Map<String, Hand> hands = new HashMap<>();

  private Parcel parcel;
  private String lastCamera = "";
  private long countingUntil;
  private long notBefore;
  private volatile SegmentKey shipping;
  private volatile boolean gone;
  private volatile boolean review = true;
  private volatile boolean lost;
  private volatile long reviewed;

  /** The hour of a camera that is in hand. */
  private record Hand(Place place, long version, Deque<Lack> lacks) {}

  Backlog(Books books, Origin origin, Pace pace, boolean newestFirst, Times times) {
    this.books = books;
    this.origin = origin;
    this.pace = pace;
    this.newestFirst = newestFirst;
    nanos = times.nanos();
    skips = new Skips(nanos);
    comparison = new Comparison(books, skips, times.clock(), nanos);
    reviewed = nanos.getAsLong();
    notBefore = reviewed;
  }

  /** What time it is. */
  record Times(Clock clock, LongSupplier nanos) {}

  /** Both sides are to be compared again, all hours if the replica was lost sight of. */
  void review(boolean all) {
    lost |= all;
    review = true;
  }

  /** Whether there is anything to do. Any thread. */
  boolean work() {
    return review
        || nanos.getAsLong() - reviewed >= REVIEW_NANOS
        || books.ledger().work(nanos.getAsLong());
  }

  /**
   * A piece of work.
   *
   * @param most bytes to be sent at most, but for a larger unit
   * @return nanoseconds until the next; {@link #NOTHING} if there is none
   */
  synchronized long step(Connection connection, long most) throws ReplicaException {
    if (books.heads().late(LATE, nanos.getAsLong())) {
      return LATE_NANOS;
    }
    if (nanos.getAsLong() < notBefore) {
      return notBefore - nanos.getAsLong();
    }
    Optional<FootageSource> source = origin.find();
    if (source.isEmpty()) {
      return SOURCE_NANOS;
    }
    try {
      long wait = work(source.get(), connection, most);
      books.alarms().clear(this);
      return wait;
    } catch (FootageException e) {
      books.alarms().raise(this, e.getMessage());
      return SOURCE_NANOS;
    } catch (ReplicaException e) {
      return refused(connection, e);
    }
  }

  /** What is refused here concerns not the live heads, unless it is the connection. */
  private long refused(Connection connection, ReplicaException e) throws ReplicaException {
    if (e.kind() == ReplicaException.Kind.LINK || !connection.up()) {
      throw e;
    }
    books.alarms().raise(this, e.getMessage());
    notBefore = nanos.getAsLong() + Backoff.REFUSED_NANOS;
    return Backoff.REFUSED_NANOS;
  }

  private long work(FootageSource source, Connection connection, long most)
      throws FootageException, ReplicaException {
    if (review || nanos.getAsLong() - reviewed >= REVIEW_NANOS) {
      list(source);
      return 0;
    }
    if (parcel != null) {
      return ship(most, connection);
    }
    Place place = nanos.getAsLong() < countingUntil ? uncounted().orElse(null) : null;
    if (place != null) {
      comparison.of(place, source, connection);
      return 0;
    }
    countingUntil = nanos.getAsLong() + COUNT_NANOS;
    Lack next = next(source, connection);
    if (next != null) {
      open(next, source, connection);
      return 0;
    }
    return uncounted().isEmpty() ? waitForCameras() : 0;
  }

  private long waitForCameras() {
    boolean waiting = books.ledger().cameras().stream().anyMatch(skips::skips);
    return waiting ? SOURCE_NANOS : NOTHING;
  }

  private Optional<Place> uncounted() {
    return books.ledger().uncounted(nanos.getAsLong());
  }

  /** Names of hours only: this is cheap. */
  private void list(FootageSource source) throws FootageException {
    review = false;
    try {
      books.ledger().cameras(source.cameras());
      for (String camera : source.cameras()) {
        books.ledger().hours(camera, source.hours(camera));
      }
    } catch (FootageException e) {
      review = true;
      throw e;
    }
    if (lost) {
      lost = false;
      books.ledger().recountAll();
    } else {
      books.ledger().recountUndone();
    }
    reviewed = nanos.getAsLong();
    countingUntil = nanos.getAsLong() + COUNT_NANOS;
  }

  /** The next segment, of the camera whose turn it is; null if there is none. */
  private Lack next(FootageSource source, Connection connection)
      throws FootageException, ReplicaException {
    TreeSet<String> cameras = new TreeSet<>(books.ledger().cameras());
    List<String> turns = new ArrayList<>(cameras.tailSet(lastCamera, false));
    turns.addAll(cameras.headSet(lastCamera, true));
    turns.removeIf(skips::skips);
    for (String camera : turns) {
      Lack lack = next(camera, source, connection);
      if (lack != null) {
        lastCamera = camera;
        return lack;
      }
    }
    return null;
  }

  private Lack next(String camera, FootageSource source, Connection connection)
      throws FootageException, ReplicaException {
    Lack lack = null;
    Place place = lacking(camera);
    while (place != null && lack == null) {
      lack = next(place, source, connection);
      place = lacking(camera);
    }
    return lack;
  }

  private Place lacking(String camera) {
    return books.ledger().lacking(camera, newestFirst, nanos.getAsLong()).orElse(null);
  }

  /** Null if it turns out that the hour has nothing to be shipped. */
  private Lack next(Place place, FootageSource source, Connection connection)
      throws FootageException, ReplicaException {
    long version = books.ledger().version(place);
    Hand hand = hands.get(place.camera());
    if (hand == null
        || !hand.place().equals(place)
        || hand.version() != version
        || hand.lacks().isEmpty()) {
      hand = new Hand(place, version, new ArrayDeque<>(comparison.of(place, source, connection)));
      hands.put(place.camera(), hand);
    }
    return newestFirst ? hand.lacks().pollLast() : hand.lacks().pollFirst();
  }

  private void open(Lack lack, FootageSource source, Connection connection)
      throws FootageException, ReplicaException {
    if (books.horizon().covers(lack.key())) {
      books.alarms().clear(lack.key());
      return;
    }
    try {
      shipping = lack.key();
      gone = false;
      parcel = Parcel.open(lack, books, source, connection.session());
    } catch (FootageException e) {
      if (e.retryable()) {
        throw e;
      }
      books.forget(lack.key());
    } catch (ReplicaException e) {
      refused(lack, e);
    }
  }

  private long ship(long most, Connection connection) throws ReplicaException {
    Parcel current = parcel;
    try {
      if (gone || !current.over(connection.session()) || books.horizon().covers(current.key())) {
        end();
      } else if (current.ship(most, pace)) {
        books.confirm(current.key());
        end();
      }
    } catch (ReplicaException e) {
      end();
      refused(current.lack(), e);
    }
    return pace.waitForBacklog();
  }

  /** The server takes not this one: the other cameras go on, unless it takes nothing. */
  private void refused(Lack lack, ReplicaException e) throws ReplicaException {
    switch (e.kind()) {
      case LINK -> throw e;
      case FULL -> notBefore = nanos.getAsLong() + Backoff.REFUSED_NANOS;
      case REFUSED -> {
        skips.skip(lack.key(), Round.FOREIGN_NANOS);
        skips.skip(lack.key().camera(), Backoff.REFUSED_NANOS);
      }
      case FOREIGN -> skips.skip(lack.key(), Round.FOREIGN_NANOS);
    }
    books.alarms().raise(lack.key(), e.getMessage());
  }

  /** A segment is here no more. Any thread; never blocks. */
  void forget(SegmentKey key) {
    gone = key.equals(shipping) || gone;
  }

  /** Lets go of what is on its way; it is looked at again. */
  synchronized void drop() {
    shipping = null;
    gone = false;
    hands.clear();
    end();
  }

  private void end() {
    if (parcel != null) {
      parcel.close();
      parcel = null;
      countingUntil = nanos.getAsLong() + COUNT_NANOS;
    }
  }
}
