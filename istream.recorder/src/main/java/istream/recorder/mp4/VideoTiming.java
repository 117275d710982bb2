// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.mp4.TrackRun.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Gives the frames of a fragment their decode times: the presentation times in ascending order. A
 * time that repeats, or lies before what was handed out already, is moved by as little as makes it
 * the next one.
 *
 * <p>What is shown later than it is decoded needs a lead: as much as the first fragment shows is
 * added to all composition offsets of the run, and to the times of its audio. Offsets below zero
 * are allowed (ISO 14496-12 section 8.6.1.3), but libavformat would show the video that much late.
 */
final class VideoTiming {
  /** Until a run has shown how long its frames last: 25 frames per second. */
  private static final long ASSUMED_TICKS = 3600;

  private long floor = -1;
  private long usual;
  private long lead = -1;

  /** Ticks that a frame usually lasts, assumed until it is {@link #known}. */
  long usual() {
    return known() ? usual : ASSUMED_TICKS;
  }

  /** Ticks by which presentation times in the file are ahead of the run's; fixed by its start. */
  long lead() {
    return Math.max(0, lead);
  }

  boolean known() {
    return usual > 0;
  }

  /**
   * Times a fragment.
   *
   * @param frames in decode order, at least one
   * @param next presentation time of what follows; {@link Long#MAX_VALUE} if that is not known
   * @param exact whether the last frame lasts until {@code next}, rather than as long as usual
   */
  TrackRun run(List<VideoFrame> frames, long next, boolean exact) {
    int count = frames.size();
    Integer[] shown = inOrderOfTime(frames);
    long[] decode = new long[count];
    long[] present = new long[count];
    for (int i = 0; i < count; i++) {
      floor = Math.max(floor + 1, frames.get(shown[i]).time());
      decode[i] = floor;
      present[shown[i]] = floor;
    }
    int[] durations = new int[count];
    for (int i = 0; i + 1 < count; i++) {
      durations[i] = (int) (decode[i + 1] - decode[i]);
    }
    boolean measured = exact && next > floor && next != Long.MAX_VALUE;
    learn(durations, measured ? next - floor : 0);
    long last = measured ? next - floor : Math.min(usual(), Math.max(1, next - floor));
    durations[count - 1] = (int) last;
    return new TrackRun(decode[0], samples(frames, decode, present, durations));
  }

  private static Integer[] inOrderOfTime(List<VideoFrame> frames) {
    Integer[] shown = new Integer[frames.size()];
    boolean sorted = true;
    for (int i = 0; i < shown.length; i++) {
      shown[i] = i;
      sorted &= i == 0 || frames.get(i - 1).time() <= frames.get(i).time();
    }
    if (!sorted) {
      Arrays.sort(shown, Comparator.comparingLong(i -> frames.get(i).time()));
    }
    return shown;
  }

  private List<Sample> samples(
      List<VideoFrame> frames, long[] decode, long[] present, int[] durations) {
    int count = decode.length;
    if (lead < 0) {
      for (int i = 0; i < count; i++) {
        lead = Math.max(lead(), decode[i] - present[i]);
      }
    }
    List<Sample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int offset = (int) (present[i] - decode[i] + lead);
      VideoFrame frame = frames.get(i);
      samples.add(new Sample(frame.frame().data(), durations[i], offset, frame.frame().key()));
    }
    return samples;
  }

  /** The usual duration is the median of the newest fragment's. */
  private void learn(int[] durations, long last) {
    int count = durations.length - (last > 0 ? 0 : 1);
    if (count > 0) {
      int[] sorted = Arrays.copyOf(durations, count);
      if (last > 0) {
        sorted[count - 1] = (int) last;
      }
      Arrays.sort(sorted);
      usual = sorted[count / 2];
    }
  }
}
