// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Segments that this process ships or has shipped of late. Any thread. */
final class Shipments {
  private static final int REMEMBERED = 5_000;

  private final Map<SegmentKey, Long> open = new LinkedHashMap<>();
  private final Map<SegmentKey, Instant> ends =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SegmentKey, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** A segment is opened, with so many bytes there. */
  synchronized void begin(SegmentKey key, long bytes) {
    open.put(key, bytes);
  }

  /** A unit was sent. */
  synchronized void sent(SegmentKey key, Fragment unit) {
    if (unit.end().isAfter(ends.getOrDefault(key, key.start()))) {
      ends.put(key, unit.end());
    }
  }

  /** So much is there. */
  synchronized void committed(SegmentKey key, long bytes) {
    open.computeIfPresent(key, (segment, before) -> Math.max(before, bytes));
  }

  synchronized void end(SegmentKey key) {
    open.remove(key);
  }

  /** Bytes of a segment that is being shipped; empty for all others. */
  synchronized OptionalLong open(SegmentKey key) {
    Long bytes = open.get(key);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /** End of a segment's newest frame there; empty if it was not shipped by us of late. */
  synchronized Optional<Instant> until(SegmentKey key) {
    return Optional.ofNullable(ends.get(key));
  }
}
