// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

/**
 * The smallest difference between arrival and media time of late: that of the least delayed frame.
 * Looks back 20 to 30 s, so that a camera that delivers several seconds at once is judged by the
 * last frame of a burst, and a drift between the clocks still shows. Confined to one thread.
 */
final class LeastDelay {
  /** How long one of the three windows lasts, in nanoseconds of arrival. */
  static final long WINDOW_NANOS = 10_000_000_000L;

  private static final long NONE = Long.MAX_VALUE;

  private final long[] least = {NONE, NONE, NONE};
  private long windowStart;
  private long firstArrival;
  private boolean any;

  /** Notes one frame. Returns true when a window has ended with it: a good moment to look. */
  boolean observe(long arrivalNanos, long mediaNanos) {
    if (!any) {
      any = true;
      firstArrival = arrivalNanos;
      windowStart = arrivalNanos;
    }
    boolean turned = arrivalNanos - windowStart >= WINDOW_NANOS;
    if (turned) {
      windowStart = arrivalNanos;
      least[2] = least[1];
      least[1] = least[0];
      least[0] = NONE;
    }
    least[0] = Math.min(least[0], arrivalNanos - mediaNanos);
    return turned;
  }

  /** The smallest difference; only after a first frame. */
  long nanos() {
    return Math.min(least[0], Math.min(least[1], least[2]));
  }

  /** Whether there was a frame, and {@code nanos} or more have passed since the first. */
  boolean observedFor(long nanos, long nowNanos) {
    return any && nowNanos - firstArrival >= nanos;
  }
}
