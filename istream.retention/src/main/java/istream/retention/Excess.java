// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.Segment;
import istream.api.footage.StoreStatus;

/**
 * What is too much on a storage at one look, less what was freed meanwhile. Confined to one look.
 *
 * <p>A storage is short of space when it is full, or when less is free than its floor and the
 * headroom above it: a quarter of the floor, at least 1 MB and at most {@link #MOST_HEADROOM}.
 */
final class Excess {
  private static final long MOST_HEADROOM = 64 * RetentionSettings.MEGABYTE;

  private final RetentionSettings settings;
  private final ClockGuard.Reading time;
  private long kept;
  private long missing;
  private boolean urgent;

  Excess(RetentionSettings settings, ClockGuard.Reading time) {
    this.settings = settings;
    this.time = time;
  }

  /** Reckons in what is there; without, nothing is too much for its bytes. */
  void used(long bytes) {
    kept = bytes;
  }

  /** Reckons in what the storage is short of. */
  void makeRoom(StoreStatus status) {
    long headroom =
        Math.min(MOST_HEADROOM, Math.max(RetentionSettings.MEGABYTE, status.floorBytes() / 4));
    if (status.freeBytes().isPresent()) {
      missing = status.floorBytes() + headroom - status.freeBytes().getAsLong();
    }
    if (status.state() == StoreStatus.State.FULL) {
      missing = Math.max(missing, headroom);
      urgent = true;
    }
  }

  /** Whether segments go for their age. */
  boolean countsAge() {
    return settings.maxAge().isPresent() && !time.held();
  }

  /** Whether recording stands still until something goes. */
  boolean isUrgent() {
    return urgent;
  }

  /** Too many bytes, here or on the whole disk: whichever segment is the oldest goes. */
  boolean isShort() {
    return missing > 0 || kept > settings.maxBytes().orElse(Long.MAX_VALUE);
  }

  /** Whether a segment has to go for its age. */
  boolean isOld(Segment segment) {
    return countsAge() && segment.end().isBefore(time.now().minus(settings.maxAge().get()));
  }

  /** Bytes were freed. */
  void freed(long bytes) {
    kept -= bytes;
    missing -= bytes;
  }

  /** Bytes that stay. */
  long kept() {
    return Math.max(0, kept);
  }
}
