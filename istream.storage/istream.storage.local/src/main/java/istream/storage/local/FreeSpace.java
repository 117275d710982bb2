// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Keeps the disk from filling up. The file system is asked at most once per second; in between the
 * bytes written since count as gone, bytes deleted as free. Any thread; who only wants to know what
 * is known never waits for the file system.
 *
 * <p>An error while asking means "unknown": it is noted, and recording goes on only while what was
 * known last, less what was written since, is more than twice the floor and {@link #COMFORT_BYTES}
 * above it. Never known means no.
 */
final class FreeSpace {
  /** Above the floor, footage is taken for a while even though the file system does not answer. */
  static final long COMFORT_BYTES = 64_000_000;

  private static final long FRESH_NANOS = 1_000_000_000;

  private final Probe probe;
  private final long floor;
  private final LongSupplier nanos;
  private final Health health;
  private final Object question = new Object();
  private boolean asked;
  private long askedAt;
  private boolean answered;
  private long free = -1;
  private long sinceAsked;
  private long refused;
  private boolean denied;

  /** Asks the file system. */
  interface Probe {
    long usableBytes() throws IOException;
  }

  FreeSpace(Probe probe, long floor, LongSupplier nanos, Health health) {
    this.probe = probe;
    this.floor = floor;
    this.nanos = nanos;
    this.health = health;
  }

  /**
   * Takes {@code bytes} from what may be written.
   *
   * @throws FootageException if the disk would be fuller than allowed, or nobody knows
   */
  void reserve(long bytes) throws FootageException {
    refresh();
    take(bytes);
  }

  private synchronized void take(long bytes) throws FootageException {
    if (!answered && free - bytes < Math.max(2 * floor, floor + COMFORT_BYTES)) {
      throw health.retryable(
          "free space cannot be told and may be short; check the disk and its mount", null);
    }
    if (free - bytes < floor) {
      throw full(bytes, null);
    }
    refused = 0;
    changed(-bytes);
  }

  /** A deletion gave {@code bytes} back: what was refused may be tried again. */
  synchronized void freed(long bytes) {
    denied = false;
    if (free >= 0) {
      changed(bytes);
    }
  }

  private void changed(long bytes) {
    free += bytes;
    sinceAsked += bytes;
  }

  /** The disk refused {@code bytes} for want of space. */
  synchronized FootageException full(long bytes, Exception cause) {
    refused = Math.max(1, bytes);
    // the disk itself may refuse what the file system says is free, as quotas do
    denied = cause != null;
    asked = false;
    return health.retryable(
        "full: less than "
            + floor / LocalSettings.MEGABYTE
            + " MB would stay free (min.free.megabytes), or the disk says so; delete footage,"
            + " or let a retention policy do it",
        cause);
  }

  /** The disk has taken what was reserved. */
  synchronized void taken() {
    denied = false;
  }

  /** Asks the file system unless it was asked within the last second. May block as it does. */
  void refresh() {
    synchronized (question) {
      if (isDue()) {
        try {
          answered(probe.usableBytes());
        } catch (IOException e) {
          unanswered();
          health.note("free space cannot be told: " + e + "; check the disk and its mount", e);
        }
      }
    }
  }

  private synchronized boolean isDue() {
    long now = nanos.getAsLong();
    if (asked && now - askedAt < FRESH_NANOS) {
      return false;
    }
    asked = true;
    askedAt = now;
    sinceAsked = 0;
    return true;
  }

  /** The answer may be older than what happened since the question: that is reckoned in. */
  private synchronized void answered(long bytes) {
    free = bytes + sinceAsked;
    answered = true;
  }

  private synchronized void unanswered() {
    answered = false;
  }

  /** What is free, some seconds old; empty if that cannot be told. */
  synchronized OptionalLong known() {
    return answered ? OptionalLong.of(Math.max(0, free)) : OptionalLong.empty();
  }

  /** Whether footage was refused and would be again. */
  synchronized boolean full() {
    return denied || (refused > 0 && free - refused < floor);
  }
}
