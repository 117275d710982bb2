// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.media.Frame;
import java.util.concurrent.TimeUnit;

/** Whether a connection brings more bytes, or more runs, than any camera does. For one thread. */
final class Excess {
  /** More than this in a second is a flood. */
  static final int FLOOD_MEGABYTES = 4;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /**
   * A camera that changes its format or its clock all the time would make a file of every frame.
   */
  private static final int MOST_RUNS_A_MINUTE = 60;

  private long second;
  private long bytes;
  private boolean flooding;
  private long minuteNanos;
  private int runs;

  /** A frame has come. */
  void arrived(Frame frame) {
    long now = Math.floorDiv(frame.arrivalNanos(), SECOND_NANOS);
    if (now != second) {
      flooding = bytes > (long) FLOOD_MEGABYTES << 20;
      second = now;
      bytes = 0;
    }
    bytes += frame.data().size();
  }

  /** Whether there was a flood in the last full second. */
  boolean flooding() {
    return flooding;
  }

  /** A run is to begin; returns whether it is one too many. */
  boolean runBegins(long nowNanos) {
    if (runs == 0 || nowNanos - minuteNanos > MINUTE_NANOS) {
      minuteNanos = nowNanos;
      runs = 0;
    }
    return ++runs > MOST_RUNS_A_MINUTE;
  }
}
