// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

/** Widens the 32-bit timestamps of a track, and scales them to the clock its format runs at. */
final class TimestampUnwrapper {
  private final long numerator;
  private final long denominator;
  private boolean started;
  private int last;
  private long wide;

  TimestampUnwrapper(int clockRate, int formatRate) {
    numerator = formatRate;
    denominator = clockRate;
  }

  /** Takes the timestamp of a packet. */
  long next(int timestamp) {
    wide = started ? wide + (timestamp - last) : timestamp & 0xffffffffL;
    started = true;
    last = timestamp;
    return scaled(wide);
  }

  /** What a timestamp near the last one means, without taking it. */
  long near(int timestamp) {
    return scaled(wide + (timestamp - last));
  }

  /** Whether a timestamp is at most {@code seconds} from the last one. */
  boolean isNear(int timestamp, int seconds) {
    return started && Math.abs((long) (timestamp - last)) <= seconds * denominator;
  }

  private long scaled(long ticks) {
    return numerator == denominator ? ticks : Math.floorDiv(ticks * numerator, denominator);
  }

  boolean started() {
    return started;
  }
}
