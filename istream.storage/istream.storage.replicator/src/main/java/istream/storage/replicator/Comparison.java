// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.FootageSource.Extent;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.storage.replicator.HourLedger.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Compares an hour of a camera here with what lies there. Confined to a thread at a time. */
final class Comparison {
  /**
   * What began less than that before the newest footage of an earlier process, or before now, may
   * have been on its way when a connection broke: its size alone proves nothing.
   */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private final Books books;
  private final Skips skips;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<String, Instant> newestBefore = new HashMap<>();

  Comparison(Books books, Skips skips, Clock clock, LongSupplier nanos) {
    this.books = books;
    this.skips = skips;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** A segment that is not known to be durable, and how much of it is not there. */
  record Lack(SegmentKey key, long bytes, long missing) {}

  /**
   * Compares, and notes the sums in the ledger.
   *
   * @param connection used only if there is something that is not known here
   * @return what lacks and can be shipped, oldest first
   */
  List<Lack> of(Place place, FootageSource source, Connection connection)
      throws FootageException, ReplicaException {
    long version = books.ledger().version(place);
    List<Extent> here = source.hour(place.camera(), place.hour());
    boolean open = adopt(here);
    List<Extent> doubtful = new ArrayList<>(here);
    boolean all = books.ledger().doubted(place);
    doubtful.removeIf(
        extent -> elsewhere(extent) || (!all && books.ledger().confirmed(extent.key())));
    List<Lack> lacks = lacks(place, doubtful, source, connection);
    long missing = lacks.stream().mapToLong(Lack::missing).sum();
    int count = lacks.size();
    lacks.removeIf(lack -> skips.skips(lack.key()));
    boolean complete = count == 0 && !open && over(place);
    books.ledger().counted(place, version, count, missing, complete);
    if (count > 0 && lacks.isEmpty()) {
      books.ledger().pause(place, nanos.getAsLong() + Backoff.REFUSED_NANOS);
    }
    return lacks;
  }

  /** Segments that are open are live heads, also if none of their units was announced. */
  private boolean adopt(List<Extent> here) {
    boolean open = false;
    for (Extent extent : here) {
      if (extent.open() && !books.horizon().covers(extent.key())) {
        books.heads().adopt(extent.key());
      }
      if (!extent.open()) {
        books.heads().closed(extent.key(), extent.bytes());
      }
      open |= extent.open() || books.heads().holds(extent.key());
    }
    return open;
  }

  /** Whether a segment is no matter of the backlog. */
  private boolean elsewhere(Extent extent) {
    SegmentKey key = extent.key();
    return extent.open() || books.heads().holds(key) || books.horizon().covers(key);
  }

  private List<Lack> lacks(
      Place place, List<Extent> doubtful, FootageSource source, Connection connection)
      throws FootageException, ReplicaException {
    List<Lack> lacks = new ArrayList<>();
    if (doubtful.isEmpty()) {
      return lacks;
    }
    Map<SegmentKey, Long> there =
        connection.session().sizes(doubtful.stream().map(Extent::key).toList());
    seed(doubtful, there, source);
    if (books.ledger().doubted(place)) {
      books.ledger().renew(place);
    }
    Instant settled = settledBefore(doubtful.get(doubtful.size() - 1).key());
    for (Extent extent : doubtful) {
      SegmentKey key = extent.key();
      long missing = extent.bytes() - there.getOrDefault(key, 0L);
      if (missing > 0 || !key.start().isBefore(settled)) {
        lacks.add(new Lack(key, extent.bytes(), Math.max(0, missing)));
      } else {
        books.confirm(key);
      }
    }
    return lacks;
  }

  /** The newest hour of a camera is the first to be compared. */
  private Instant settledBefore(SegmentKey newest) {
    Instant before = newestBefore.computeIfAbsent(newest.camera(), camera -> newest.start());
    Instant now = clock.instant();
    return (before.isBefore(now) ? before : now).minus(SETTLED);
  }

  /** After a start: how far the newest footage here goes, and the newest there. */
  private void seed(List<Extent> here, Map<SegmentKey, Long> there, FootageSource source)
      throws FootageException {
    for (int i = here.size() - 1; i >= 0; i--) {
      SegmentKey key = here.get(i).key();
      long length = there.getOrDefault(key, 0L);
      if (books.risk().of(key.camera()).isPresent()) {
        return;
      }
      if (length > 0 || !books.risk().cameras().contains(key.camera())) {
        seed(key.camera(), source.units(key), length);
      }
    }
  }

  private void seed(String camera, List<Fragment> units, long length) {
    for (Fragment unit : units) {
      books.risk().written(camera, unit.end());
      if (unit.offset() > 0 && unit.offset() + unit.length() <= length) {
        books.risk().durable(camera, unit.end());
      }
    }
  }

  /** Whether nothing will be recorded in an hour any more. */
  private boolean over(Place place) {
    return place.hour().plus(Duration.ofHours(1)).plus(SETTLED).isBefore(clock.instant());
  }
}
