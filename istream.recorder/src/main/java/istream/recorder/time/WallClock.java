// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Says at which wall clock a monotonic instant was. It follows the wall clock at up to 500 ppm, as
 * a time service corrects it; what moves more is a step, and is reported once it amounts to 250 ms.
 * A machine without a battery-backed clock steps by years after its start. Thread-safe.
 */
public final class WallClock {
  private static final long STEP_NANOS = 250_000_000;
  private static final long SLEW_DIVISOR = 2000; // 500 ppm
  private static final int SAMPLES = 3;

  private final Clock clock;
  private final LongSupplier nanos;
  private long offset;
  private long lastLook;
  private boolean stepped;

  /**
   * Pairs the clocks as they stand now.
   *
   * @param clock the wall clock
   * @param nanos the monotonic clock, such as {@code System::nanoTime}
   */
  public WallClock(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    lastLook = nanos.getAsLong();
    offset = sample().offset();
  }

  /** The wall clock at a monotonic instant near now. */
  public synchronized Instant at(long monotonicNanos) {
    return instant(nanosAt(monotonicNanos));
  }

  /** Nanoseconds since 1970 at a monotonic instant near now. */
  synchronized long nanosAt(long monotonicNanos) {
    look();
    return offset + monotonicNanos;
  }

  static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos);
  }

  /**
   * Whether the wall clock moved against the monotonic one by more than 250 ms since the last call:
   * every run has to end, as one run has one mapping.
   */
  public synchronized boolean stepped() {
    look();
    boolean result = stepped;
    stepped = false;
    return result;
  }

  private void look() {
    Sample sample = sample();
    long most = Math.max(0, sample.at - lastLook) / SLEW_DIVISOR;
    long moved = sample.offset - offset;
    lastLook = sample.at;
    if (Math.abs(moved) > STEP_NANOS + sample.uncertainty) {
      stepped = true;
      offset = sample.offset;
    } else {
      offset += Math.max(-most, Math.min(most, moved));
    }
  }

  /** The clocks cannot be read at once; the tightest of a few pairs counts. */
  private Sample sample() {
    Sample best = null;
    for (int i = 0; i < SAMPLES && (best == null || best.uncertainty > 1_000_000); i++) {
      long before = nanos.getAsLong();
      Instant wall = clock.instant();
      long after = nanos.getAsLong();
      long epoch = wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
      if (best == null || after - before < best.uncertainty) {
        best = new Sample(after, epoch - (before + (after - before) / 2), after - before);
      }
    }
    return best;
  }

  private record Sample(long at, long offset, long uncertainty) {}
}
