// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.buffer.Payload;
import istream.recorder.media.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the video of one run and cuts it into fragments.
 *
 * <p>A cut lies before every key frame, and else only before a frame that is presented after all
 * frames before it: then no frame that follows is presented before one that was handed out,
 * B-frames or not.
 */
final class FragmentCutter {
  private static final long SECOND = 90_000;
  private static final long FIRST_STEP = 10 * SECOND;

  /** Deeper than any decoder reorders: frames that stay behind so long are a camera's fault. */
  private static final int MOST_REORDERED = 32;

  private static final int MOST_FRAMES = 512;
  private static final long TICKS_PER_MILLISECOND = 90;

  private final VideoTiming timing = new VideoTiming();
  private final List<VideoFrame> pending = new ArrayList<>();
  private final long maxTicks;
  private final Consumer<TrackRun> out;
  private long newest = Long.MIN_VALUE;
  private long start = Long.MAX_VALUE;
  private int lastCut;
  private int behind;
  private boolean reorders;

  FragmentCutter(long maxTicks, Consumer<TrackRun> out) {
    this.maxTicks = maxTicks;
    this.out = out;
  }

  /** Presentation time of the newest frame. */
  long newest() {
    return newest;
  }

  /** Ticks that a frame usually lasts. */
  long usual() {
    return timing.usual();
  }

  /** Ticks by which presentation times in the file are ahead of the run's. */
  long lead() {
    return timing.lead();
  }

  /** Whether a presentation time can belong to the same unbroken run. */
  boolean continues(long time) {
    if (newest == Long.MIN_VALUE) {
      return true;
    }
    long ahead = FIRST_STEP;
    if (timing.known()) {
      ahead = Math.max(SECOND, (reorders ? MOST_REORDERED / 2 : 5) * timing.usual());
    }
    long back = Math.max(2 * SECOND, MOST_REORDERED / 2 * timing.usual());
    return time - newest <= ahead && newest - time <= back;
  }

  void add(VideoFrame next) {
    boolean advances = next.time() > newest;
    behind = advances ? 0 : behind + 1;
    boolean stuck = behind >= MOST_REORDERED;
    if (!pending.isEmpty() && (advances || stuck || next.frame().key())) {
      cutBefore(next, stuck);
    }
    if (pending.isEmpty()) {
      start = next.time();
      lastCut = 0;
    } else if (advances) {
      lastCut = pending.size();
    } else if (!next.frame().key() && !stuck) {
      reorders = true;
    }
    start = Math.min(start, next.time());
    newest = Math.max(newest, next.time());
    pending.add(next);
  }

  private void cutBefore(VideoFrame next, boolean stuck) {
    long end = reorders ? newest + timing.usual() : next.time();
    if (lastCut > 0 && end - start > maxTicks) {
      cut(lastCut, pending.get(lastCut).time());
    }
    if (next.frame().key() || stuck || full(next)) {
      cut(pending.size(), next.time());
      behind = 0;
    }
  }

  /** By media time; and, for a camera whose timestamps crawl, by arrivals and in number. */
  private boolean full(VideoFrame next) {
    long waited = next.frame().arrivalNanos() - pending.get(0).frame().arrivalNanos();
    return next.time() + timing.usual() - start > maxTicks
        || waited / 1_000_000 * TICKS_PER_MILLISECOND > 2 * maxTicks
        || pending.size() >= MOST_FRAMES;
  }

  private void cut(int count, long next) {
    List<VideoFrame> part = pending.subList(0, count);
    TrackRun run = timing.run(part, next, !reorders);
    part.clear();
    lastCut = 0;
    start = pending.stream().mapToLong(VideoFrame::time).min().orElse(Long.MAX_VALUE);
    out.accept(run);
  }

  /** Hands out everything that is pending. */
  void flush() {
    if (!pending.isEmpty()) {
      cut(pending.size(), Long.MAX_VALUE);
    }
  }

  /** Hands out what no later frame can be presented before. */
  void idle() {
    if (!reorders) {
      flush();
    } else if (lastCut > 0) {
      cut(lastCut, pending.get(lastCut).time());
    }
  }

  void release() {
    pending.stream().map(VideoFrame::frame).map(Frame::data).forEach(Payload::release);
    pending.clear();
  }

  long bytes() {
    return pending.stream().mapToLong(frame -> frame.frame().data().size()).sum();
  }
}
