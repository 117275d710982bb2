// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.SegmentKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The segments that are being recorded. Any thread. */
final class OpenSegments {
  private final Map<SegmentKey, LocalOpenSegment> open = new ConcurrentHashMap<>();
  private final Set<SegmentKey> abandoned = ConcurrentHashMap.newKeySet();

  void add(LocalOpenSegment segment) {
    open.put(segment.key(), segment);
  }

  /** A segment takes no more; one that could not be synced must not be gone on with. */
  void ended(LocalOpenSegment segment) {
    if (segment.failed().filter(why -> !why.retryable()).isPresent()) {
      abandoned.add(segment.key());
    }
    open.remove(segment.key(), segment);
  }

  Optional<LocalOpenSegment> find(SegmentKey key) {
    return Optional.ofNullable(open.get(key));
  }

  boolean isAbandoned(SegmentKey key) {
    return abandoned.contains(key);
  }

  void forget(SegmentKey key) {
    abandoned.remove(key);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void sync() {
    open.values().forEach(LocalOpenSegment::sync);
  }

  /** Ends all; they can be reopened. */
  void end(FootageException why) {
    List.copyOf(open.values()).forEach(segment -> segment.end(why));
  }

  /** Lets go of all without touching the disk. */
  void letGo(FootageException why) {
    open.values().forEach(segment -> segment.letGo(why));
  }
}
