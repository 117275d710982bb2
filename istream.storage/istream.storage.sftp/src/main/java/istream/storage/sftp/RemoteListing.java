// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.FootageException;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Segments in the order of their start, one hour at a time, by their names and sizes alone. How
 * long one lasts that was not shipped by us shows in when the next begins. Confined to one thread.
 */
final class RemoteListing extends Spliterators.AbstractSpliterator<Segment> {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NEAR = Duration.ofMinutes(10);
  private static final Duration USUAL = Duration.ofMinutes(1);

  private final Source source;
  private final SegmentQuery query;
  private final Deque<Instant> hours;
  private final TreeMap<SegmentKey, Long> known = new TreeMap<>();
  private final Map<String, Segment> before = new HashMap<>();
  private Instant readUntil = Instant.MIN;

  /** Where the names come from. */
  interface Source {
    /** Beginnings of all hours with footage of the query's cameras. */
    SortedSet<Instant> hours(SegmentQuery query) throws FootageException;

    /** All segments of the query's cameras that begin in an hour. */
    Map<SegmentKey, Long> segments(SegmentQuery query, Instant hour) throws FootageException;

    /** A segment that lasts until then, unless more is known of it. */
    Segment describe(SegmentKey key, long bytes, Duration guess);
  }

  RemoteListing(Source source, SegmentQuery query) throws FootageException {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.source = source;
    this.query = query;
    SortedSet<Instant> all = source.hours(query);
    // one that begins in the hour before may reach into the time asked for
    Instant from = query.from().isBefore(Instant.EPOCH) ? Instant.EPOCH : query.from();
    all.removeIf(hour -> !hour.plus(HOUR).isAfter(from.minus(HOUR)) || !hour.isBefore(query.to()));
    hours = new ArrayDeque<>(all);
  }

  @Override
  public boolean tryAdvance(Consumer<? super Segment> action) {
    while (true) {
      readOn();
      Map.Entry<SegmentKey, Long> next = known.pollFirstEntry();
      if (next == null || !next.getKey().start().isBefore(query.to())) {
        return false;
      }
      SegmentKey key = next.getKey();
      Segment segment = source.describe(key, next.getValue(), guess(key, next.getValue()));
      before.put(key.camera(), segment);
      if (segment.open() || segment.end().isAfter(query.from())) {
        action.accept(segment);
        return true;
      }
    }
  }

  /** Has the hour of the next segment read to its end, and ten minutes more. */
  private void readOn() {
    while (!hours.isEmpty()
        && (known.isEmpty() || known.firstKey().start().plus(NEAR).isAfter(readUntil))) {
      Instant hour = hours.remove();
      if (!known.isEmpty() && known.firstKey().start().plus(NEAR).isBefore(hour)) {
        hours.addFirst(hour);
        return;
      }
      readUntil = hour.plus(HOUR);
      try {
        known.putAll(source.segments(query, hour));
      } catch (FootageException e) {
        throw new UncheckedIOException(new IOException(e.getMessage(), e));
      }
    }
  }

  private Duration guess(SegmentKey key, long bytes) {
    for (SegmentKey next : known.keySet()) {
      Duration until = Duration.between(key.start(), next.start());
      if (until.compareTo(NEAR) > 0) {
        break;
      } else if (next.camera().equals(key.camera())) {
        return until;
      }
    }
    Segment like = before.get(key.camera());
    if (like == null || like.bytes() == 0 || like.duration().isZero()) {
      return USUAL;
    }
    double nanos = (double) like.duration().toNanos() * bytes / like.bytes();
    return Duration.ofNanos((long) Math.min(nanos, (double) NEAR.toNanos()));
  }
}
