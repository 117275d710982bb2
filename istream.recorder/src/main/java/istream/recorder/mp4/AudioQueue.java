// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.media.AudioFormat;
import istream.recorder.media.Frame;
import istream.recorder.mp4.TrackRun.Sample;
import istream.recorder.time.AudioAlignment;
import istream.recorder.time.TickRate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The audio of one run that waits for the fragment it belongs to. */
final class AudioQueue {
  /** How much audio may follow the newest frame of video. */
  static final int AHEAD_SECONDS = 2;

  private static final int HELD_SECONDS = 10;

  /** Twice what 10 s of the shortest packets in use are: not every camera tells its ticks right. */
  private static final int MOST_PIECES = 2000;

  private static final int BACK_SECONDS = 1;

  private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
  private final TickRate rate;
  private AudioAlignment alignment;
  private long heldTicks;
  private long lastTime = Long.MIN_VALUE;
  private long floor;
  private boolean videoSeen;
  private long dropped;

  AudioQueue(AudioFormat format) {
    rate = new TickRate(format.clockRate());
    alignment = new AudioAlignment(rate);
  }

  void observeVideo(long ticks, long arrivalNanos) {
    videoSeen = true;
    alignment.video(ticks, arrivalNanos);
  }

  void videoReport(long ticks, long ntpNanos) {
    alignment.videoReport(ticks, ntpNanos);
  }

  void report(long ticks, long ntpNanos) {
    alignment.audioReport(ticks, ntpNanos);
  }

  /**
   * Takes a piece of audio.
   *
   * @param videoTicks presentation time of the newest video frame; any, if there was none yet
   */
  void add(Frame frame, long videoTicks) {
    if (lastTime != Long.MIN_VALUE && !continues(frame.time())) {
      restart();
    }
    lastTime = frame.time();
    alignment.audio(frame.time(), frame.arrivalNanos());
    long seconds = rate.perSecond();
    boolean ahead =
        alignment.settled(frame.arrivalNanos())
            && alignment.peek(frame.time()) > inAudio(videoTicks) + AHEAD_SECONDS * seconds;
    if (ahead) {
      drop(frame);
    } else {
      heldTicks += frame.ticks();
      waiting.add(frame);
      while (heldTicks > (videoSeen ? HELD_SECONDS : AHEAD_SECONDS) * seconds
          || waiting.size() > MOST_PIECES) {
        heldTicks -= waiting.peek().ticks();
        drop(waiting.poll());
      }
    }
  }

  private boolean continues(long time) {
    long step = time - lastTime;
    return step >= -(long) BACK_SECONDS * rate.perSecond()
        && step <= (long) HELD_SECONDS * rate.perSecond();
  }

  /** The camera counts its audio from another origin now. */
  private void restart() {
    release();
    alignment = alignment.again();
  }

  private long inAudio(long videoTicks) {
    return rate.ticks(TickRate.VIDEO.nanos(videoTicks));
  }

  /**
   * The audio that lies before a video time; what cannot be placed yet stays.
   *
   * @param lead ticks of video by which times in the file are ahead of the run's
   */
  Optional<TrackRun> take(long untilVideoTicks, long lead, long nowNanos) {
    if (!alignment.settled(nowNanos)) {
      return Optional.empty();
    }
    long until = inAudio(untilVideoTicks);
    List<Frame> frames = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long ahead = inAudio(lead);
    long least = floor;
    while (!waiting.isEmpty() && alignment.peek(waiting.peek().time()) < until) {
      Frame frame = waiting.poll();
      heldTicks -= frame.ticks();
      long time = alignment.place(frame.time());
      if (time < 0) {
        drop(frame); // sounded before the run's first picture
      } else {
        frames.add(frame);
        times.add(Math.max(time + ahead, least));
        least = times.get(times.size() - 1) + 1;
      }
    }
    return frames.isEmpty() ? Optional.empty() : Optional.of(run(frames, times));
  }

  private TrackRun run(List<Frame> frames, List<Long> times) {
    List<Sample> samples = new ArrayList<>(frames.size());
    for (int i = 0; i < frames.size(); i++) {
      boolean last = i + 1 == frames.size();
      long ticks = last ? Math.max(1, frames.get(i).ticks()) : times.get(i + 1) - times.get(i);
      samples.add(new Sample(frames.get(i).data(), (int) ticks, 0, true));
    }
    TrackRun run = new TrackRun(times.get(0), samples);
    floor = run.end();
    return run;
  }

  private void drop(Frame frame) {
    frame.data().release();
    dropped++;
  }

  void release() {
    waiting.forEach(this::drop);
    waiting.clear();
    heldTicks = 0;
  }

  long dropped() {
    return dropped;
  }

  long bytes() {
    return waiting.stream().mapToLong(frame -> frame.data().size()).sum();
  }
}
