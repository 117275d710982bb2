// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does not believe a wall clock that jumps ahead: a wrong year must not delete everything. After a
 * jump of more than an hour against the monotonic clock, deletion by age is held until the new time
 * has stood for 24 h, or the policy starts anew. Any thread.
 */
final class ClockGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);
  private static final Duration MOST = Duration.ofHours(1);
  private static final Duration PROBATION = Duration.ofHours(24);

  private final Clock clock;
  private final LongSupplier nanos;
  private Instant lastWall;
  private long lastNanos;
  private boolean held;
  private long heldSince;
  private Duration jumped = Duration.ZERO;

  ClockGuard(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    lastWall = clock.instant();
    lastNanos = nanos.getAsLong();
  }

  /** The time, and whether deleting by it has to wait. */
  record Reading(Instant now, boolean held) {}

  /** Reads the clock. */
  synchronized Reading read() {
    Instant wall = clock.instant();
    long ticks = nanos.getAsLong();
    Duration step = Duration.between(lastWall, wall).minusNanos(ticks - lastNanos);
    lastWall = wall;
    lastNanos = ticks;
    if (step.compareTo(MOST) > 0) {
      held = true;
      heldSince = ticks;
      jumped = jumped.plus(step);
      LOG.warn(
          "the clock jumped ahead by {}; nothing is deleted for its age for 24 h or until a"
              + " restart; check the time",
          step);
    } else if (held && step.isNegative()) {
      jumped = jumped.plus(step);
    }
    boolean setBack = jumped.compareTo(MOST) <= 0;
    if (held && (setBack || ticks - heldSince >= PROBATION.toNanos())) {
      held = false;
      jumped = Duration.ZERO;
      LOG.info("the clock is believed again");
    }
    return new Reading(wall, held);
  }
}
