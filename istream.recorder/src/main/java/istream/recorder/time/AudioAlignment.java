// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

/**
 * Places the audio of one run on the time line of its video.
 *
 * <p>The two tracks of a stream count from origins of their own. If the camera says of both at
 * which instant of its clock a timestamp was taken (RTCP sender reports, RFC 3550 section 6.4.1),
 * and that agrees with the arrivals within 1 s, it counts; else the least delayed frames of both
 * are taken to belong together. The distance is fixed once, and afterwards only slewed, at no more
 * than 500 ppm, when it is off by more than 20 ms: sound never jumps. Confined to the network
 * thread.
 */
public final class AudioAlignment {
  private static final long SETTLE_NANOS = 500_000_000;
  private static final long AGREE_NANOS = 1_000_000_000;
  private static final long TOLERATED_NANOS = 20_000_000;
  private static final long CORRECTED_NANOS = 2_000_000;
  private static final double MOST_SLEW = 500e-6;

  private final TickRate rate;
  private final LeastDelay videoDelay;
  private final LeastDelay audioDelay = new LeastDelay();
  private Report videoReport;
  private Report audioReport;
  private boolean placed;
  private boolean slewing;
  private double shiftNanos;
  private long lastTime;

  /** An alignment for audio with the given clock; nothing is known yet. */
  public AudioAlignment(TickRate rate) {
    this(rate, new LeastDelay(), null);
  }

  private AudioAlignment(TickRate rate, LeastDelay videoDelay, Report videoReport) {
    this.rate = rate;
    this.videoDelay = videoDelay;
    this.videoReport = videoReport;
  }

  /** An alignment for audio that counts from another origin now; what is known of video stays. */
  public AudioAlignment again() {
    return new AudioAlignment(rate, videoDelay, videoReport);
  }

  /** Takes note of a video frame, in ticks since the run's first one. */
  public void video(long ticks, long arrivalNanos) {
    videoDelay.observe(arrivalNanos, TickRate.VIDEO.nanos(ticks));
  }

  /** Takes note of a piece of audio, in ticks of its own clock. */
  public void audio(long ticks, long arrivalNanos) {
    audioDelay.observe(arrivalNanos, rate.nanos(ticks));
  }

  /** The camera's clock at a video time since the run's first frame, in nanoseconds. */
  public void videoReport(long ticks, long ntpNanos) {
    videoReport = new Report(ntpNanos - TickRate.VIDEO.nanos(ticks));
  }

  /** The camera's clock at a time of the audio's own clock, in nanoseconds. */
  public void audioReport(long ticks, long ntpNanos) {
    audioReport = new Report(ntpNanos - rate.nanos(ticks));
  }

  /** Whether audio can be placed: both tracks were seen, and audio for half a second. */
  public boolean settled(long nowNanos) {
    return videoDelay.observedFor(0, nowNanos) && audioDelay.observedFor(SETTLE_NANOS, nowNanos);
  }

  /**
   * Where a piece of audio lies, in ticks of its clock since the run's first video frame. To be
   * asked in the order of time, once a piece; only when {@link #settled}.
   */
  public long place(long ticks) {
    double target = target();
    if (!placed) {
      placed = true;
      shiftNanos = target;
    } else {
      slew(target, rate.nanos(Math.max(0, ticks - lastTime)));
    }
    lastTime = ticks;
    return peek(ticks);
  }

  /** Where a piece of audio would lie by what is known now; changes nothing. */
  public long peek(long ticks) {
    double shift = placed ? shiftNanos : target();
    return ticks + Math.round(shift * rate.perSecond() / 1e9);
  }

  private void slew(double target, long elapsedNanos) {
    double error = target - shiftNanos;
    slewing = Math.abs(error) > (slewing ? CORRECTED_NANOS : TOLERATED_NANOS);
    if (slewing) {
      double most = elapsedNanos * MOST_SLEW;
      shiftNanos += Math.max(-most, Math.min(most, error));
    }
  }

  /** What to add to the nanoseconds of audio to get those of video. */
  private double target() {
    long arrivals = audioDelay.nanos() - videoDelay.nanos();
    if (videoReport != null && audioReport != null) {
      long reports = audioReport.zeroNanos - videoReport.zeroNanos;
      if (Math.abs(reports - arrivals) < AGREE_NANOS) {
        return reports;
      }
    }
    return arrivals;
  }

  /** The camera's clock at time zero of a track. */
  private record Report(long zeroNanos) {}
}
