// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

import java.time.Instant;

/**
 * Maps the media time of one run, in ticks of 1/90000 s since its first frame, to the wall clock.
 *
 * <p>A frame arrives when it was taken or later, never earlier: so the least delayed frame says
 * when the run began. After half a second of arrivals that start stands; from then on the mapping
 * follows the least delay of the last 20 to 30 s at no more than 500 ppm; once it is off by a
 * second, since the camera's clock is worse than any quartz, at no more than 1 %. It never jumps,
 * and is monotonic: bursts, stalls and a camera's wrong clock only bend it. Confined to the network
 * thread.
 */
public final class RunClock {
  private static final long SETTLE_NANOS = 500_000_000;
  private static final double MOST_SLEW = 500e-6;
  private static final double FAR_NANOS = 1e9;
  private static final double MOST_FAR_SLEW = 0.01;

  private final WallClock wall;
  private final LeastDelay delay = new LeastDelay();
  private Line line = new Line(0, 0, 0);
  private Line before = line;
  private long newest;
  private boolean fixed;

  /** A clock for one run that has no frame yet. */
  public RunClock(WallClock wall) {
    this.wall = wall;
  }

  /**
   * Takes note of a frame.
   *
   * @param mediaTicks its presentation time since the run's first frame; may be negative
   * @param arrivalNanos monotonic time of its arrival
   */
  public void observe(long mediaTicks, long arrivalNanos) {
    long media = TickRate.VIDEO.nanos(mediaTicks);
    fixed = fixed || settled(arrivalNanos);
    boolean turned = delay.observe(wall.nanosAt(arrivalNanos), media);
    newest = Math.max(newest, media);
    if (!fixed) {
      line = new Line(0, delay.nanos(), 0);
      before = line;
    } else if (turned) {
      bend();
    }
  }

  /** Turns towards the least delay, from the newest frame on; what lies before keeps its line. */
  private void bend() {
    long here = line.at(newest);
    double error = delay.nanos() + newest - here;
    double most = Math.abs(error) > FAR_NANOS ? MOST_FAR_SLEW : MOST_SLEW;
    double slope = Math.max(-most, Math.min(most, error / LeastDelay.WINDOW_NANOS));
    before = line;
    line = new Line(newest, here, slope);
  }

  /**
   * Whether the start of the run stands. Until then it may still move back, and nothing should be
   * named or stamped by it.
   *
   * @param nowNanos monotonic time, or that of the newest arrival
   */
  public boolean settled(long nowNanos) {
    return fixed || delay.observedFor(SETTLE_NANOS, wall.nanosAt(nowNanos));
  }

  /** The wall clock at a media time; only after a first frame. */
  public Instant wall(long mediaTicks) {
    long media = TickRate.VIDEO.nanos(mediaTicks);
    return WallClock.instant((media < line.media ? before : line).at(media));
  }

  private record Line(long media, long wall, double slope) {
    long at(long mediaNanos) {
      return wall + mediaNanos - media + Math.round((mediaNanos - media) * slope);
    }
  }
}
