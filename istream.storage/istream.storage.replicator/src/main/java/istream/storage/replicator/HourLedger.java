// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.SegmentKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is confirmed and what is missing, by camera and hour: a sum for each hour, names only of the
 * confirmed segments of hours that are not complete. Any thread.
 */
final class HourLedger {
  private final Map<String, NavigableMap<Instant, Hour>> cameras = new TreeMap<>();

  /** One hour of a camera. */
  private static final class Hour {
    private boolean counted;
    private boolean complete;
    private long version;
    private int lacking;
    private long missing;
    private long notBefore = Long.MIN_VALUE;
    private Set<Instant> confirmed = new TreeSet<>();

    private boolean open(long now) {
      return (!counted || lacking > 0) && now >= notBefore;
    }
  }

  static Instant hourOf(SegmentKey key) {
    return key.start().truncatedTo(ChronoUnit.HOURS);
  }

  private Hour at(String camera, Instant hour) {
    return cameras
        .computeIfAbsent(camera, any -> new TreeMap<>())
        .computeIfAbsent(hour, any -> new Hour());
  }

  /** The cameras with footage; others are forgotten. */
  synchronized void cameras(Collection<String> names) {
    cameras.keySet().retainAll(Set.copyOf(names));
  }

  /** The hours with footage of a camera: new ones are to be counted, others are forgotten. */
  synchronized void hours(String camera, Collection<Instant> hours) {
    NavigableMap<Instant, Hour> known = cameras.computeIfAbsent(camera, any -> new TreeMap<>());
    known.keySet().retainAll(Set.copyOf(hours));
    hours.forEach(hour -> at(camera, hour));
  }

  /** Every hour is to be compared again; what is confirmed stays so until that shows otherwise. */
  synchronized void recountAll() {
    cameras.values().forEach(hours -> hours.values().forEach(HourLedger::recount));
  }

  /** Hours that are not complete are to be compared again. */
  synchronized void recountOpen() {
    cameras.values().stream()
        .flatMap(hours -> hours.values().stream())
        .filter(hour -> !hour.complete)
        .forEach(HourLedger::recount);
  }

  /** The hour of a segment is to be compared again. */
  synchronized void recount(SegmentKey key) {
    recount(at(key.camera(), hourOf(key)));
  }

  private static void recount(Hour hour) {
    hour.counted = false;
    hour.version++;
  }

  /** A live head is one no longer; so much of it is not durable. */
  synchronized void lack(SegmentKey key, long bytes) {
    Hour hour = at(key.camera(), hourOf(key));
    hour.complete = false;
    hour.lacking++;
    hour.missing += bytes;
    hour.version++;
    hour.notBefore = Long.MIN_VALUE;
  }

  /** All of a segment is durable. */
  synchronized void confirm(SegmentKey key) {
    Hour hour = at(key.camera(), hourOf(key));
    if (!hour.complete) {
      hour.confirmed.add(key.start());
    }
  }

  /** A segment is here no more. */
  synchronized void forget(SegmentKey key) {
    NavigableMap<Instant, Hour> hours = cameras.get(key.camera());
    Hour hour = hours == null ? null : hours.get(hourOf(key));
    if (hour != null && !hour.complete && !hour.confirmed.remove(key.start())) {
      recount(hour);
    }
  }

  /** So much less is missing in an hour. */
  synchronized void shipped(SegmentKey key, long bytes) {
    Hour hour = at(key.camera(), hourOf(key));
    hour.missing = Math.max(0, hour.missing - bytes);
  }

  /** To be handed to {@link #counted} by whoever compares an hour. */
  synchronized long version(Place place) {
    return at(place.camera(), place.hour()).version;
  }

  /**
   * An hour was compared. Nothing is noted if something changed meanwhile.
   *
   * @param lacking segments that are not durable
   * @param bytes of them that are not there
   * @param complete whether there is nothing else, and nothing will come
   */
  synchronized void counted(Place place, long version, int lacking, long bytes, boolean complete) {
    Hour entry = at(place.camera(), place.hour());
    if (entry.version != version) {
      return;
    }
    entry.counted = true;
    entry.lacking = lacking;
    entry.missing = bytes;
    entry.complete = complete;
    if (complete) {
      entry.confirmed = new TreeSet<>();
    }
  }

  /** Nothing can be done in an hour before that. */
  synchronized void pause(Place place, long until) {
    at(place.camera(), place.hour()).notBefore = until;
  }

  synchronized boolean confirmed(SegmentKey key) {
    NavigableMap<Instant, Hour> hours = cameras.get(key.camera());
    Hour hour = hours == null ? null : hours.get(hourOf(key));
    return hour != null && (hour.complete || hour.confirmed.contains(key.start()));
  }

  /** Where the next confirmed segment can begin; {@link Instant#MAX} if there is none. */
  synchronized Instant nextConfirmed(String camera, Instant from) {
    Instant next = Instant.MAX;
    for (Map.Entry<String, NavigableMap<Instant, Hour>> entry : cameras.entrySet()) {
      if (camera.isEmpty() || camera.equals(entry.getKey())) {
        Instant candidate = next(entry.getValue(), from);
        next = candidate.isBefore(next) ? candidate : next;
      }
    }
    return next;
  }

  private static Instant next(NavigableMap<Instant, Hour> hours, Instant from) {
    Instant first = from.isAfter(Instant.EPOCH) ? from.truncatedTo(ChronoUnit.HOURS) : from;
    for (Map.Entry<Instant, Hour> entry : hours.tailMap(first).entrySet()) {
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

  /** An hour of any camera that is to be counted, the newest first; null if there is none. */
  synchronized Place uncounted(long now) {
    Place newest = null;
    for (Map.Entry<String, NavigableMap<Instant, Hour>> camera : cameras.entrySet()) {
      for (Map.Entry<Instant, Hour> hour : camera.getValue().descendingMap().entrySet()) {
        if (!hour.getValue().counted && now >= hour.getValue().notBefore) {
          Place place = new Place(camera.getKey(), hour.getKey());
          newest = newest == null || place.hour().isAfter(newest.hour()) ? place : newest;
          break;
        }
      }
    }
    return newest;
  }

  /** The hour of a camera to be shipped next; null if there is none. */
  synchronized Place lacking(String camera, boolean newestFirst, long now) {
    NavigableMap<Instant, Hour> hours = cameras.getOrDefault(camera, new TreeMap<>());
    return (newestFirst ? hours.descendingMap() : hours)
        .entrySet().stream()
            .filter(hour -> hour.getValue().open(now))
            .findFirst()
            .map(hour -> new Place(camera, hour.getKey()))
            .orElse(null);
  }

  /** Whether there is anything to be compared or shipped. */
  synchronized boolean work(long now) {
    return cameras.values().stream()
        .anyMatch(hours -> hours.values().stream().anyMatch(hour -> hour.open(now)));
  }

  synchronized Set<String> cameras() {
    return new TreeSet<>(cameras.keySet());
  }

  synchronized long missingBytes(String camera) {
    return cameras.getOrDefault(camera, new TreeMap<>()).values().stream()
        .mapToLong(hour -> hour.missing)
        .sum();
  }

  /** Whether every hour of a camera is counted. */
  synchronized boolean counted(String camera) {
    NavigableMap<Instant, Hour> hours = cameras.get(camera);
    return hours != null && hours.values().stream().allMatch(hour -> hour.counted);
  }

  /** An hour of a camera. */
  record Place(String camera, Instant hour) {}
}
