// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Bytes and count of the segments of each camera and hour, so that nobody has to ask the server.
 * Counted once by listing; kept up by what is sent and deleted. Any thread; never blocks.
 *
 * <p>While they are being counted, segments that are sent or deleted count by themselves, and are
 * left out of what is listed.
 */
final class RemoteIndex {
  private static final long SECONDS = Duration.ofHours(1).toSeconds();

  private static final int REMEMBERED = 5_000;

  private final Map<String, TreeMap<Long, Sum>> cameras = new HashMap<>();
  private final Set<SegmentKey> leftOut = new HashSet<>();

  /** Those sent of late, so that one that is begun again is counted once. */
  private final Map<SegmentKey, Long> ours =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SegmentKey, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  private boolean counted;

  /** Bytes and number of segments. */
  private static final class Sum {
    private long bytes;
    private int count;
  }

  /** All that lies in an hour, as it was listed. */
  synchronized void listed(Map<SegmentKey, Long> segments) {
    segments.forEach(
        (key, bytes) -> {
          if (leftOut.add(key)) {
            add(key, bytes, 1);
          }
        });
  }

  /** All hours were listed. */
  synchronized void complete() {
    counted = true;
    leftOut.clear();
  }

  synchronized boolean isCounted() {
    return counted;
  }

  /** A segment is opened, of which so many bytes lie there; 0 for a new one. */
  synchronized void opened(SegmentKey key, long bytes) {
    Long before = ours.put(key, bytes);
    boolean isListed = counted ? bytes > 0 : !leftOut.add(key);
    if (before != null) {
      add(key, bytes - before, 0);
    } else if (!isListed) {
      add(key, bytes, 1);
    }
  }

  /** A segment got longer. */
  synchronized void grew(SegmentKey key, long bytes) {
    ours.merge(key, bytes, Long::sum);
    add(key, bytes, 0);
  }

  /** A segment of so many bytes is no longer there. */
  synchronized void deleted(SegmentKey key, long bytes) {
    ours.remove(key);
    if (counted || !leftOut.add(key)) {
      add(key, -bytes, -1);
    }
  }

  private void add(SegmentKey key, long bytes, int count) {
    TreeMap<Long, Sum> hours = cameras.computeIfAbsent(key.camera(), name -> new TreeMap<>());
    long hour = Math.floorDiv(key.start().getEpochSecond(), SECONDS);
    Sum sum = hours.computeIfAbsent(hour, number -> new Sum());
    sum.bytes += bytes;
    sum.count += count;
    if (sum.count <= 0) {
      hours.remove(hour);
    }
  }

  /** Bytes of a camera, or of all if it is empty; empty while they are being counted. */
  synchronized OptionalLong bytes(String camera) {
    if (!counted) {
      return OptionalLong.empty();
    }
    long bytes = 0;
    for (Map.Entry<String, TreeMap<Long, Sum>> hours : cameras.entrySet()) {
      if (camera.isEmpty() || camera.equals(hours.getKey())) {
        bytes += hours.getValue().values().stream().mapToLong(sum -> sum.bytes).sum();
      }
    }
    return OptionalLong.of(bytes);
  }

  /** Cameras with footage, by name. */
  synchronized List<String> cameras() {
    return new ArrayList<>(new TreeSet<>(cameras.keySet()));
  }

  /** Beginnings of the hours with footage of a camera, oldest first. */
  synchronized List<Instant> hours(String camera) {
    return cameras.getOrDefault(camera, new TreeMap<>()).keySet().stream()
        .map(hour -> Instant.ofEpochSecond(hour * SECONDS))
        .toList();
  }
}
