// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

/**
 * Turns ticks of a track's clock into nanoseconds and back, without overflow for any stream that
 * lasts less than a century.
 *
 * @param perSecond ticks per second, at least 1
 */
public record TickRate(int perSecond) {
  /** The clock of all video. */
  public static final TickRate VIDEO = new TickRate(90_000);

  private static final long SECOND = 1_000_000_000L;

  /** Refuses a clock that stands still. */
  public TickRate {
    if (perSecond < 1) {
      throw new IllegalArgumentException("a clock of " + perSecond + " ticks per second");
    }
  }

  /** Nanoseconds of so many ticks, rounded down. */
  public long nanos(long ticks) {
    long seconds = Math.floorDiv(ticks, perSecond);
    return seconds * SECOND + Math.floorMod(ticks, perSecond) * SECOND / perSecond;
  }

  /** Ticks in so many nanoseconds, to the nearest. */
  public long ticks(long nanos) {
    long seconds = Math.floorDiv(nanos, SECOND);
    long rest = Math.floorMod(nanos, SECOND);
    return seconds * perSecond + (rest * perSecond + SECOND / 2) / SECOND;
  }
}
