// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.footage.GapCause;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.Frame;
import istream.recorder.media.FrameSink;
import istream.recorder.media.TrackFormat;
import istream.recorder.media.VideoFormat;
import istream.recorder.mp4.AssembledFragment;
import istream.recorder.mp4.FragmentAssembler;
import istream.recorder.store.FootageItem;
import istream.recorder.store.FootageQueue;
import istream.recorder.time.RunClock;
import istream.recorder.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes runs of fragments out of the frames of one connection. A run starts with a key frame and
 * ends at every gap, change of format, and step of the wall clock. Confined to the network thread.
 */
final class RunBuilder implements FrameSink {
  /**
   * 0.6 s: with the beat, the write and the frame that ends it, a crash costs less than a second.
   */
  private static final long FRAGMENT_TICKS = 54_000;

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1200);

  private final int videoTrack;
  private final int audioTrack;
  private final Equipment equipment;
  private final FootageQueue out;
  private final Supplier<String> diskProblem;
  private final WallClock wall;
  private final Pace pace = new Pace();
  private final Excess excess = new Excess();
  private VideoFormat video;
  private AudioFormat audio;
  private boolean formatChanged;
  private FragmentAssembler run;
  private RunClock runClock;
  private boolean tooFast;
  private boolean restless;
  private VideoFormat runVideo;
  private Optional<AudioFormat> runAudio = Optional.empty();
  private boolean announced;
  private boolean refused;
  private boolean dropping;
  private long lost;
  private long lossUntold;
  private long lastFrameNanos;
  private long usualFrameNanos;
  private long lastProgressNanos;
  private boolean progress;
  private Duration cameraClockOff = Duration.ZERO;

  /**
   * Makes a builder without a run.
   *
   * @param audioTrack -1 for none
   * @param diskProblem why nothing can be stored; empty if all is well
   */
  RunBuilder(
      int videoTrack,
      int audioTrack,
      Equipment equipment,
      FootageQueue out,
      Supplier<String> diskProblem) {
    this.videoTrack = videoTrack;
    this.audioTrack = audioTrack;
    this.equipment = equipment;
    this.out = out;
    this.diskProblem = diskProblem;
    wall = new WallClock(equipment.clock(), equipment.nanos());
  }

  @Override
  public void format(int track, TrackFormat format) {
    if (track == videoTrack && format instanceof VideoFormat newVideo) {
      formatChanged |= video != null && !video.equals(newVideo);
      video = newVideo;
    } else if (track == audioTrack && format instanceof AudioFormat newAudio) {
      formatChanged |= run != null && !newAudio.equals(audio);
      audio = newAudio;
    }
  }

  @Override
  public void frame(int track, Frame frame) {
    excess.arrived(frame);
    if (track == videoTrack) {
      noteArrival(frame);
      videoFrame(frame);
    } else if (track == audioTrack && run != null && audio != null) {
      run.audio(frame);
    } else {
      frame.data().release();
    }
    if (refused || overfull()) {
      drop();
    }
  }

  /** While memory is scarce, what is not in the queue yet counts like what is. */
  private boolean overfull() {
    return run != null
        && equipment.pool().crowded()
        && out.bytes() + run.pendingBytes() > equipment.mostBytes();
  }

  /** Frames come in bursts; the slow average tells how far apart they usually are. */
  private void noteArrival(Frame frame) {
    if (lastFrameNanos != 0) {
      usualFrameNanos += (frame.arrivalNanos() - lastFrameNanos - usualFrameNanos) / 8;
    }
    lastFrameNanos = frame.arrivalNanos();
  }

  private void videoFrame(Frame frame) {
    if (tooFast || restless) {
      frame.data().release();
      return;
    }
    if (run != null && formatChanged && frame.key()) {
      endRun();
    }
    if (run != null) {
      if (run.video(frame)) {
        checkPace(frame);
        return;
      }
      endRun();
      tellJump(frame);
    }
    if (begins(frame)) {
      run.video(frame);
    } else {
      frame.data().release();
    }
  }

  private void checkPace(Frame frame) {
    if (pace.tooFast(frame, runClock.settled(frame.arrivalNanos()))) {
      tooFast = true;
      endRun();
    }
  }

  private boolean begins(Frame frame) {
    if (dropping && out.hasRoom()) {
      dropping = false;
    }
    if (!frame.key() || video == null || dropping) {
      return false;
    }
    restless = excess.runBegins(frame.arrivalNanos());
    if (restless) {
      return false;
    }
    wall.stepped(); // what was set before the run does not concern it
    formatChanged = false;
    announced = false;
    runVideo = video;
    runAudio = Optional.ofNullable(audio);
    runClock = new RunClock(wall);
    pace.runBegins(frame);
    run = new FragmentAssembler(runAudio, runClock, FRAGMENT_TICKS, this::fragment);
    return true;
  }

  private void tellJump(Frame frame) {
    boolean packets = frame.lossBefore();
    tell(
        packets ? GapCause.NETWORK : GapCause.CAMERA,
        packets ? lossUntold + " packets were lost" : "the camera left frames out");
    lossUntold = 0;
  }

  private void fragment(AssembledFragment fragment) {
    if (refused) {
      fragment.release();
      return;
    }
    if (!announced) {
      announced = true;
      out.tell(new FootageItem.RunStart(runVideo, runAudio));
    }
    progress = true;
    lastProgressNanos = equipment.nanos().getAsLong();
    if (!out.offer(new FootageItem.Footage(fragment))) {
      fragment.release();
      refused = true;
    }
  }

  /** The queue is full: the rest of this run goes, until there is room and a key frame. */
  private void drop() {
    refused = false;
    dropping = true;
    if (run != null) {
      run.discard();
      run = null;
    }
    String disk = diskProblem.get();
    if (excess.flooding() && disk.isEmpty()) {
      tell(GapCause.OVERLOAD, "the camera sends more than " + Excess.FLOOD_MEGABYTES + " MB/s");
    } else if (out.hasRoom() && disk.isEmpty()) {
      tell(GapCause.OVERLOAD, "more came at once than there is memory for");
    } else {
      tell(GapCause.DISK, disk.isEmpty() ? "the storage is slower than the camera" : disk);
    }
  }

  private void tell(GapCause cause, String detail) {
    out.tell(new FootageItem.Trouble(cause, detail, true));
  }

  /** To be called on every beat. */
  void tick(long nowNanos) {
    if (dropping) {
      // frames arrive; that they cannot be stored is not the camera's fault
      lastProgressNanos = Math.max(lastProgressNanos, lastFrameNanos);
    }
    if (run == null) {
      return;
    }
    if (nowNanos - lastFrameNanos > IDLE_NANOS) {
      run.idle(nowNanos);
    }
    if (refused) {
      drop();
    } else if (wall.stepped()) {
      endRun();
      tell(GapCause.CLOCK, "the clock of this machine was set");
    }
  }

  /** Whether runs break off all the time. Nothing more is taken then. */
  boolean restless() {
    return restless;
  }

  /** Whether more time comes than passes. Nothing more is taken then. */
  boolean tooFast() {
    return tooFast;
  }

  /**
   * Hands on what is whole and ends the run; the next key frame begins another. What came in a
   * burst just now has no true time yet, and now will have none: it goes.
   */
  void endRun() {
    if (run == null) {
      return;
    }
    if (pace.hasty() && !runClock.settled(lastFrameNanos)) {
      run.discard();
    } else {
      run.flush();
    }
    run = null;
  }

  @Override
  public void clock(int track, long time, long ntpNanos) {
    if (run != null) {
      if (track == videoTrack) {
        run.videoReport(time, ntpNanos);
      } else if (track == audioTrack) {
        run.audioReport(time, ntpNanos);
      }
    }
    if (track == videoTrack) {
      Instant camera = Instant.ofEpochSecond(0, ntpNanos);
      cameraClockOff = Duration.between(equipment.clock().instant(), camera);
    }
  }

  @Override
  public void lost(int track, long packets) {
    lost += packets;
    lossUntold += packets;
  }

  /** Packets lost in this connection. */
  long lostPackets() {
    return lost;
  }

  /** How far the camera's clock is from ours, by its sender reports. */
  Duration cameraClockOff() {
    return cameraClockOff;
  }

  /** Whether a fragment was made in this connection. */
  boolean progressed() {
    return progress;
  }

  /** How far apart frames usually arrive. */
  long usualFrameNanos() {
    return usualFrameNanos;
  }

  /** Monotonic time of the newest sign of progress; meaningless before the first. */
  long lastProgressNanos() {
    return lastProgressNanos;
  }
}
