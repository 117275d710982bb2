// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.media.Frame;
import istream.recorder.time.TickRate;
import java.util.concurrent.TimeUnit;

/**
 * Whether the video of a connection comes at the pace of time. A camera may deliver its past in a
 * burst when it begins, but never its future: one that floods would be recorded with times that are
 * not true. Jumps of the camera's clock between runs do not count. Looks at the monotonic clock
 * alone. Confined to the network thread.
 */
final class Pace {
  /** What a camera may have kept for who connects. */
  private static final long MOST_PAST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** More than any jitter that is left after the clock of the run is settled. */
  private static final long MOST_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long MOST_HASTE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A clock that runs fast by up to 1/100 is no flood: the clock of the run can follow it. */
  private static final long DRIFT_DIVISOR = 100;

  private boolean begun;
  private long runTime;
  private long runArrival;
  private long runMedia;
  private long media;
  private long arrival;
  private long start;
  private long least;

  /** A run begins with that frame. */
  void runBegins(Frame first) {
    runTime = first.time();
    runMedia = media;
    runArrival = first.arrivalNanos();
    arrival = runArrival;
    if (begun) {
      start = Math.max(start, delay() - MOST_PAST_NANOS);
      least = Math.max(least, delay() - MOST_PAST_NANOS);
    } else {
      begun = true;
      start = delay();
      least = start;
    }
  }

  private long delay() {
    return arrival - media;
  }

  /**
   * Whether a frame of the run comes long before its time.
   *
   * @param settled whether the times of the run stand
   */
  boolean tooFast(Frame frame, boolean settled) {
    long passed = frame.arrivalNanos() - arrival;
    arrival = frame.arrivalNanos();
    media = Math.max(media, runMedia + TickRate.VIDEO.nanos(frame.time() - runTime));
    if (!settled) {
      least = Math.min(least, delay());
      return delay() < start - MOST_PAST_NANOS;
    }
    long ahead = Math.max(0, least - delay());
    least -= Math.min(ahead, passed / DRIFT_DIVISOR);
    return ahead > MOST_AHEAD_NANOS;
  }

  /** Whether the run so far came faster than time: its times are known only once they stand. */
  boolean hasty() {
    return media - runMedia - (arrival - runArrival) > MOST_HASTE_NANOS;
  }
}
