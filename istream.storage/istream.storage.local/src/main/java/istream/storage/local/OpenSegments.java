// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.SegmentKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The segments that are being recorded, and those that a recorder may go on with: it was
 * interrupted by the disk, or by an update of this bundle. Any thread.
 */
final class OpenSegments {
  private final Map<SegmentKey, LocalOpenSegment> open = new HashMap<>();
  private final Set<SegmentKey> suspended = new HashSet<>();
  private final Set<SegmentKey> abandoned = new HashSet<>();
  private final Set<SegmentKey> cuts = new HashSet<>();

  /** A recorder begins a segment or goes on with one: none of that camera waits any more. */
  synchronized void add(LocalOpenSegment segment) {
    open.put(segment.key(), segment);
    suspended.removeIf(key -> key.camera().equals(segment.key().camera()));
  }

  /** A segment takes no more; one that could not be synced must not be gone on with. */
  synchronized void ended(LocalOpenSegment segment) {
    cuts.remove(segment.key());
    if (open.remove(segment.key(), segment)) {
      segment
          .failed()
          .ifPresent(
              why -> {
                if (why.retryable()) {
                  suspend(segment.key());
                } else {
                  abandoned.add(segment.key());
                }
              });
    }
  }

  /** A recorder may go on with this segment. */
  synchronized void suspend(SegmentKey key) {
    suspended.add(key);
  }

  synchronized Optional<LocalOpenSegment> find(SegmentKey key) {
    return Optional.ofNullable(open.get(key));
  }

  /** Whether it is being recorded, or may be gone on with. */
  synchronized boolean isHeld(SegmentKey key) {
    return open.containsKey(key) || suspended.contains(key);
  }

  synchronized boolean isAbandoned(SegmentKey key) {
    return abandoned.contains(key);
  }

  /** The file is gone. */
  synchronized void forget(SegmentKey key) {
    abandoned.remove(key);
    suspended.remove(key);
  }

  /** Asks for its end at the next key frame, if it is being recorded. */
  synchronized void askForCut(SegmentKey key) {
    if (open.containsKey(key)) {
      cuts.add(key);
    }
  }

  synchronized boolean cutAsked(SegmentKey key) {
    return cuts.contains(key);
  }

  synchronized boolean isEmpty() {
    return open.isEmpty();
  }

  void sync() {
    all().forEach(LocalOpenSegment::sync);
  }

  /** Ends all; they can be reopened. */
  void end(FootageException why) {
    all().forEach(segment -> segment.end(why));
  }

  /** Lets go of all without touching the disk. */
  void letGo(FootageException why) {
    all().forEach(segment -> segment.letGo(why));
  }

  private synchronized List<LocalOpenSegment> all() {
    return List.copyOf(open.values());
  }
}
