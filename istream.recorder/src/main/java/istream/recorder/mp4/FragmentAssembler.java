// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.api.footage.Unit;
import istream.recorder.buffer.Payload;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.Frame;
import istream.recorder.mp4.AssembledFragment.Hole;
import istream.recorder.mp4.TrackRun.Sample;
import istream.recorder.time.RunClock;
import istream.recorder.time.TickRate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Makes fragments of the frames of one run. The run's time begins with its first key frame; what
 * comes or is presented before it is dropped. Fragments are held back until the run's start is
 * settled, half a second after its first arrival. Confined to the network thread.
 */
public final class FragmentAssembler {
  /** Less is the jitter of a camera, not a hole. */
  private static final long LEAST_HOLE_TICKS = 18_000;

  private static final long AFTERWARDS_TICKS = 90_000L * AudioQueue.AHEAD_SECONDS;

  /** Presentation times between which packets were lost. */
  private record Lost(long from, long to) {}

  private final ArrayDeque<TrackRun> ready = new ArrayDeque<>();
  private final ArrayDeque<Lost> lost = new ArrayDeque<>();
  private final RunClock clock;
  private final Consumer<AssembledFragment> out;
  private final Optional<AudioQueue> audio;
  private final FragmentCutter cutter;
  private OptionalLong origin = OptionalLong.empty();
  private long lastArrival;
  private int sequence;
  private long droppedVideo;

  /**
   * Begins a run.
   *
   * @param audio format of the audio track, if the init has one
   * @param clock the run's; told of every video frame by this assembler, and by nobody else
   * @param maxTicks how long a fragment may be, in 1/90000 s; a frame that lasts longer is alone
   * @param out takes each fragment and owns it from then on
   */
  public FragmentAssembler(
      Optional<AudioFormat> audio, RunClock clock, long maxTicks, Consumer<AssembledFragment> out) {
    this.clock = clock;
    this.out = out;
    this.audio = audio.map(AudioQueue::new);
    cutter = new FragmentCutter(maxTicks, ready::add);
  }

  /**
   * Takes a frame of video, in decode order, and owns its payload, unless the run has to end: if
   * the time jumps back by more than 2 s, or forward by more than 1 s and 5 usual frames. Then it
   * takes nothing: the caller calls {@link #flush}, begins another run, and gives the frame to it.
   *
   * @return whether the frame was taken
   */
  public boolean video(Frame frame) {
    if (origin.isEmpty()) {
      if (!frame.key()) {
        drop(frame);
        return true;
      }
      origin = OptionalLong.of(frame.time());
    }
    long time = frame.time() - origin.getAsLong();
    if (!cutter.continues(time)) {
      return false;
    }
    if (time < 0) {
      drop(frame); // a leading picture of the first key frame: it cannot be decoded
      return true;
    }
    if (frame.lossBefore()) {
      noteLoss(time);
    }
    lastArrival = frame.arrivalNanos();
    clock.observe(time, lastArrival);
    if (audio.isPresent()) {
      audio.get().observeVideo(time, lastArrival);
    }
    cutter.add(new VideoFrame(time, frame));
    emitSettled();
    return true;
  }

  private void noteLoss(long time) {
    long from = cutter.newest() + cutter.usual();
    if (cutter.newest() >= 0 && time - from > LEAST_HOLE_TICKS) {
      lost.add(new Lost(from, time));
    }
  }

  private void drop(Frame frame) {
    frame.data().release();
    droppedVideo++;
  }

  /** Takes a piece of audio, and owns its payload. */
  public void audio(Frame frame) {
    lastArrival = frame.arrivalNanos();
    if (audio.isPresent()) {
      audio.get().add(frame, cutter.newest());
    } else {
      frame.data().release();
    }
    emitSettled();
  }

  /** Takes what a sender report says of a video timestamp; ignored before the first key frame. */
  public void videoReport(long time, long ntpNanos) {
    if (origin.isPresent()) {
      audio.ifPresent(queue -> queue.videoReport(time - origin.getAsLong(), ntpNanos));
    }
  }

  /** Takes what a sender report says of an audio timestamp. */
  public void audioReport(long time, long ntpNanos) {
    audio.ifPresent(queue -> queue.report(time, ntpNanos));
  }

  /**
   * To be called when nothing has arrived for a while: emits what can go without breaking the rule
   * that no later frame is presented before an emitted one.
   */
  public void idle(long nowNanos) {
    cutter.idle();
    lastArrival = nowNanos;
    emitSettled();
  }

  /** Ends the run: emits all that is pending. */
  public void flush() {
    cutter.flush();
    emitAll(AFTERWARDS_TICKS);
    audio.ifPresent(AudioQueue::release);
  }

  private void emitSettled() {
    if (!ready.isEmpty() && clock.settled(lastArrival)) {
      emitAll(0);
    }
  }

  /** Sound that follows the newest fragment by no more than {@code afterwards} goes with it. */
  private void emitAll(long afterwards) {
    while (!ready.isEmpty()) {
      TrackRun video = ready.poll();
      long until = video.end() + (ready.isEmpty() ? afterwards : 0);
      out.accept(
          assemble(video, audio.flatMap(queue -> queue.take(until, cutter.lead(), lastArrival))));
    }
  }

  private AssembledFragment assemble(TrackRun video, Optional<TrackRun> sound) {
    Instant start = clock.wall(video.decodeTime());
    List<Payload> payloads = new ArrayList<>();
    addPayloads(video, payloads);
    if (sound.isPresent()) {
      addPayloads(sound.get(), payloads);
    }
    List<ByteBuffer> bytes = new ArrayList<>();
    bytes.add(FragmentHeader.of(++sequence, start, video, sound));
    Payload.gather(payloads, bytes);
    Duration duration = Duration.ofNanos(TickRate.VIDEO.nanos(video.end() - video.decodeTime()));
    Unit unit =
        new Unit(
            Unit.Kind.FRAGMENT,
            List.copyOf(bytes),
            start,
            duration,
            video.decodeTime(),
            video.samples().get(0).key());
    return new AssembledFragment(
        unit, payloads, video.samples().size(), unit.remaining(), holes(video.end()));
  }

  private List<Hole> holes(long until) {
    if (lost.isEmpty()) {
      return List.of();
    }
    List<Hole> holes = new ArrayList<>();
    while (!lost.isEmpty() && lost.peek().to() <= until) {
      Lost next = lost.poll();
      holes.add(new Hole(clock.wall(next.from()), clock.wall(next.to())));
    }
    return holes;
  }

  private static void addPayloads(TrackRun run, List<Payload> payloads) {
    List<Sample> samples = run.samples();
    for (int i = 0; i < samples.size(); i++) {
      payloads.add(samples.get(i).payload());
    }
  }

  /** Gives all memory back; nothing is emitted. */
  public void discard() {
    cutter.release();
    ready.stream().flatMap(run -> run.samples().stream()).forEach(s -> s.payload().release());
    ready.clear();
    audio.ifPresent(AudioQueue::release);
  }

  /** Bytes of the frames that are held. */
  public long pendingBytes() {
    long held = ready.stream().mapToLong(TrackRun::bytes).sum();
    return held + cutter.bytes() + audio.map(AudioQueue::bytes).orElse(0L);
  }

  /** Video frames that were dropped: those before the first key frame, and its leading ones. */
  public long droppedVideo() {
    return droppedVideo;
  }

  /** Pieces of audio that were dropped: those too far from any video to be kept. */
  public long droppedAudio() {
    return audio.map(AudioQueue::dropped).orElse(0L);
  }
}
