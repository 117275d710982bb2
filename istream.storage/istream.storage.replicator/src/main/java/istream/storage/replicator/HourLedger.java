// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.SegmentKey;
import istream.storage.replicator.CameraHours.Hour;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is confirmed and what is missing, by camera and hour: a sum for each hour, names only of the
 * confirmed segments of hours that are not complete. Any thread.
 */
final class HourLedger {
  private final Map<String, CameraHours> cameras = new TreeMap<>();

  /** An hour of a camera. */
  record Place(String camera, Instant hour) {
    /** Where a segment begins. */
    static Place of(SegmentKey key) {
      return new Place(key.camera(), key.start().truncatedTo(ChronoUnit.HOURS));
    }
  }

  private CameraHours hours(String camera) {
    return cameras.computeIfAbsent(camera, any -> new CameraHours());
  }

  private Hour at(Place place) {
    return hours(place.camera()).at(place.hour());
  }

  private Optional<Hour> find(SegmentKey key) {
    Place place = Place.of(key);
    return Optional.ofNullable(cameras.get(place.camera()))
        .flatMap(hours -> hours.find(place.hour()));
  }

  /** The cameras with footage; others are forgotten. */
  synchronized void cameras(Collection<String> names) {
    cameras.keySet().retainAll(Set.copyOf(names));
  }

  /** The hours with footage of a camera: new ones are to be counted, others are forgotten. */
  synchronized void hours(String camera, Collection<Instant> hours) {
    hours(camera).retain(hours);
  }

  /** Every hour is to be compared again; what is confirmed stays so until that shows otherwise. */
  synchronized void recountAll() {
    cameras.values().forEach(CameraHours::recountAll);
  }

  /** Whether what is confirmed in an hour is to be looked at again. */
  synchronized boolean doubted(Place place) {
    return at(place).doubted;
  }

  /** What is there of a doubted hour is known: it is confirmed anew. */
  synchronized void renew(Place place) {
    Hour hour = at(place);
    hour.doubted = false;
    hour.complete = false;
    hour.confirmed.clear();
  }

  /** Hours that are not done are to be compared again. */
  synchronized void recountUndone() {
    cameras.values().forEach(CameraHours::recountUndone);
  }

  /** The hour of a segment is to be compared again. */
  synchronized void recount(SegmentKey key) {
    hours(key.camera()).recount(Place.of(key).hour());
  }

  /** A live head is one no longer; so much of it is not durable. */
  synchronized void lack(SegmentKey key, long bytes) {
    hours(key.camera()).lack(Place.of(key).hour(), bytes);
  }

  /** All of a segment is durable. */
  synchronized void confirm(SegmentKey key) {
    Hour hour = at(Place.of(key));
    if (!hour.complete) {
      hour.confirmed.add(key.start());
    }
  }

  /** A segment is here no more. */
  synchronized void forget(SegmentKey key) {
    Hour hour = find(key).orElse(null);
    if (hour != null && !hour.complete && !hour.confirmed.remove(key.start())) {
      recount(key);
    }
  }

  /** So much less is missing in an hour. */
  synchronized void shipped(SegmentKey key, long bytes) {
    Hour hour = at(Place.of(key));
    hour.missing = Math.max(0, hour.missing - bytes);
  }

  /** To be handed to {@link #counted} by whoever compares an hour. */
  synchronized long version(Place place) {
    return at(place).version;
  }

  /**
   * An hour was compared. Nothing is noted if something changed meanwhile.
   *
   * @param lacking segments that are not durable
   * @param bytes of them that are not there
   * @param complete whether there is nothing else, and nothing will come
   */
  synchronized void counted(Place place, long version, int lacking, long bytes, boolean complete) {
    Hour hour = at(place);
    if (hour.version != version) {
      return;
    }
    hour.counted = true;
    hour.complete = false;
    hour.lacking = lacking;
    hour.missing = bytes;
    if (complete) {
      hours(place.camera()).complete(place.hour());
    }
  }

  /** Nothing can be done in an hour before that. */
  synchronized void pause(Place place, long until) {
    at(place).notBefore = until;
  }

  synchronized boolean confirmed(SegmentKey key) {
    return find(key)
        .map(hour -> hour.complete || hour.confirmed.contains(key.start()))
        .orElse(false);
  }

  /** Where the next confirmed segment can begin; {@link Instant#MAX} if there is none. */
  synchronized Instant nextConfirmed(String camera, Instant from) {
    return cameras.entrySet().stream()
        .filter(entry -> camera.isEmpty() || camera.equals(entry.getKey()))
        .map(entry -> entry.getValue().nextConfirmed(from))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /** An hour of any camera that is to be counted, the newest first. */
  synchronized Optional<Place> uncounted(long now) {
    return cameras.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().uncounted(now).stream()
                    .map(hour -> new Place(entry.getKey(), hour)))
        .max(Comparator.comparing(Place::hour));
  }

  /** The hour of a camera to be shipped next. */
  synchronized Optional<Place> lacking(String camera, boolean newestFirst, long now) {
    CameraHours hours = cameras.get(camera);
    return hours == null
        ? Optional.empty()
        : hours.due(newestFirst, now).findFirst().map(hour -> new Place(camera, hour));
  }

  /** Whether there is anything to be compared or shipped. */
  synchronized boolean work(long now) {
    return cameras.values().stream().anyMatch(hours -> hours.due(true, now).findAny().isPresent());
  }

  synchronized Set<String> cameras() {
    return new TreeSet<>(cameras.keySet());
  }

  synchronized long missingBytes(String camera) {
    CameraHours hours = cameras.get(camera);
    return hours == null ? 0 : hours.missingBytes();
  }

  /** Whether every hour of a camera is counted. */
  synchronized boolean counted(String camera) {
    CameraHours hours = cameras.get(camera);
    return hours != null && hours.counted();
  }
}
