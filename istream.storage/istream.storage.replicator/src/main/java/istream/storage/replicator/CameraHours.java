// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The hours of a camera. Those that are not done are held apart, for they are asked for often. */
final class CameraHours {
  private final NavigableMap<Instant, Hour> all = new TreeMap<>();
  private final NavigableMap<Instant, Hour> undone = new TreeMap<>();

  /** What is known of one hour. */
  static final class Hour {
    boolean counted;
    boolean complete;
    boolean doubted;
    long version;
    int lacking;
    long missing;
    long notBefore = Long.MIN_VALUE;
    Set<Instant> confirmed = new TreeSet<>();

    private boolean due(long now) {
      return (!counted || lacking > 0) && now >= notBefore;
    }
  }

  /** The hour that begins then. */
  Hour at(Instant hour) {
    return all.computeIfAbsent(
        hour,
        fresh -> {
          Hour made = new Hour();
          undone.put(fresh, made);
          return made;
        });
  }

  Optional<Hour> find(Instant hour) {
    return Optional.ofNullable(all.get(hour));
  }

  /** These are all; others are forgotten. */
  void retain(Collection<Instant> hours) {
    Set<Instant> kept = Set.copyOf(hours);
    all.keySet().retainAll(kept);
    undone.keySet().retainAll(kept);
    hours.forEach(this::at);
  }

  /** Every hour is to be compared again, also what is confirmed. */
  void recountAll() {
    undone.putAll(all);
    all.values().forEach(hour -> hour.doubted = true);
    recountUndone();
  }

  /** Hours that are not done are to be compared again. */
  void recountUndone() {
    undone.values().forEach(CameraHours::recount);
  }

  private static void recount(Hour hour) {
    hour.counted = false;
    hour.version++;
  }

  /** An hour is to be compared again. */
  void recount(Instant hour) {
    recount(at(hour));
    undone.put(hour, at(hour));
  }

  /** So much more is missing in an hour. */
  void lack(Instant hour, long bytes) {
    Hour entry = at(hour);
    entry.complete = false;
    entry.lacking++;
    entry.missing += bytes;
    entry.version++;
    entry.notBefore = Long.MIN_VALUE;
    undone.put(hour, entry);
  }

  /** Nothing lacks in an hour, and nothing will come. */
  void complete(Instant hour) {
    Hour entry = at(hour);
    entry.complete = true;
    entry.confirmed = new TreeSet<>();
    undone.remove(hour);
  }

  /** Where the next confirmed segment can begin; {@link Instant#MAX} if there is none. */
  Instant nextConfirmed(Instant from) {
    Instant first = from.isAfter(Instant.EPOCH) ? from.truncatedTo(ChronoUnit.HOURS) : from;
    for (Map.Entry<Instant, Hour> entry : all.tailMap(first, true).entrySet()) {
      if (entry.getValue().complete) {
        return entry.getKey().isAfter(from) ? entry.getKey() : from;
      }
      for (Instant start : entry.getValue().confirmed) {
        if (!start.isBefore(from)) {
          return start;
        }
      }
    }
    return Instant.MAX;
  }

  /** The newest that is to be counted. */
  Optional<Instant> uncounted(long now) {
    return undone.descendingMap().entrySet().stream()
        .filter(hour -> !hour.getValue().counted && now >= hour.getValue().notBefore)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Those with something to be counted or shipped. */
  Stream<Instant> due(boolean newestFirst, long now) {
    return (newestFirst ? undone.descendingMap() : undone)
        .entrySet().stream().filter(hour -> hour.getValue().due(now)).map(Map.Entry::getKey);
  }

  long missingBytes() {
    return undone.values().stream().mapToLong(hour -> hour.missing).sum();
  }

  /** Whether every hour is counted. */
  boolean counted() {
    return undone.values().stream().allMatch(hour -> hour.counted);
  }
}
