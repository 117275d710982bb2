// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure;
import istream.recorder.media.StreamFailure.Kind;
import istream.recorder.rtp.TrackReceiver;
import istream.recorder.rtsp.Quotation;
import istream.recorder.rtsp.RtspListener;
import istream.recorder.rtsp.RtspSession;
import istream.recorder.rtsp.RtspTarget;
import istream.recorder.store.FootageQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One connection to a camera, from the TCP connect to its end, recording what comes. Lives once.
 * Confined to the network thread.
 */
final class StreamSession implements Session, RtspListener {
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(25);

  private final boolean audio;
  private final Supplier<String> diskProblem;
  private final FootageQueue out;
  private final Equipment equipment;
  private final RtspSession rtsp;

  /** By track, null where none is received: asked for every packet. */
  private TrackReceiver[] receivers = {};

  private final List<String> leftOut = new ArrayList<>();
  private List<MediaDescription> offered = List.of();
  private int videoTrack;
  private RunBuilder runs;
  private StreamFailure failure;
  private String redirect;
  private long playingNanos;
  private boolean playing;
  private long steadySinceNanos;

  /**
   * Makes a session that begins with its first tick.
   *
   * @param diskProblem why nothing can be stored; empty if all is well
   */
  StreamSession(
      RtspTarget target, Supplier<String> diskProblem, FootageQueue out, Equipment equipment) {
    audio = target.audio();
    this.diskProblem = diskProblem;
    this.out = out;
    this.equipment = equipment;
    rtsp = new RtspSession(target, this, equipment.loop().readBuffer());
  }

  @Override
  public void tick(long now) {
    rtsp.tick(now);
    if (runs == null || failure != null) {
      return;
    }
    for (int track = 0; track < receivers.length; track++) {
      TrackReceiver receiver = receivers[track];
      if (receiver != null) {
        receiver.flush(now);
        Optional<ByteBuffer> report = receiver.receiverReport(now);
        if (report.isPresent()) {
          rtsp.sendRtcp(track, report.get());
        }
      }
    }
    runs.tick(now);
    watch(now);
  }

  /** The watchdog looks at fragments made: packets alone are no recording. */
  private void watch(long now) {
    if (!playing) {
      return;
    }
    boolean begun = runs.progressed();
    long silent = now - (begun ? runs.lastProgressNanos() : playingNanos);
    long most = begun ? Math.max(STALL_NANOS, 4 * runs.usualFrameNanos()) : FIRST_NANOS;
    if (silent > most) {
      String what = begun ? "has sent no frame" : "has sent no key frame";
      fail(Kind.STALLED, "the camera " + what + " for " + most / 1_000_000_000L + " s", true);
    } else if (runs.tooFast()) {
      fail(Kind.FLOOD, "the camera sends faster than real time", true);
    } else if (runs.restless()) {
      fail(Kind.NONSENSE, "the camera's format or clock changes more than once a second", false);
    }
    if (begun && steadySinceNanos == 0) {
      steadySinceNanos = now;
    }
  }

  private void fail(Kind kind, String message, boolean retrySoon) {
    failure = new StreamFailure(kind, message, retrySoon);
  }

  @Override
  public List<Integer> described(String server, List<MediaDescription> media) {
    int video = first("video", media);
    int sound = audio ? first("audio", media) : -1;
    if (video < 0) {
      String why = leftOut.isEmpty() ? "there is no video in it" : String.join("; ", leftOut);
      fail(Kind.UNSUPPORTED, "the stream cannot be recorded: " + why, false);
      return List.of();
    }
    offered = media;
    record(video, sound);
    return sound < 0 ? List.of(video) : List.of(video, sound);
  }

  private int first(String kind, List<MediaDescription> media) {
    for (int i = 0; i < media.size(); i++) {
      if (media.get(i).kind().equals(kind)) {
        Optional<String> refusal = TrackReceiver.refusal(media.get(i));
        if (refusal.isEmpty()) {
          return i;
        }
        leftOut.add(refusal.get());
      }
    }
    return -1;
  }

  private void record(int video, int sound) {
    videoTrack = video;
    runs = new RunBuilder(video, sound, equipment, out, diskProblem);
    receivers = new TrackReceiver[offered.size()];
    receive(video);
    if (sound >= 0) {
      receive(sound);
    }
  }

  private void receive(int track) {
    receivers[track] = new TrackReceiver(track, offered.get(track), equipment.pool(), runs);
  }

  @Override
  public void refused(int track, String reason) {
    leftOut.add(reason);
    // begun anew: a track that never comes would stand empty in every file
    stopReceiving();
    record(videoTrack, -1);
  }

  @Override
  public void playing() {
    playing = true;
    playingNanos = equipment.nanos().getAsLong();
  }

  @Override
  public void packet(int track, boolean rtcp, ByteBuffer packet, long arrivalNanos) {
    TrackReceiver receiver = receivers[track];
    if (receiver == null) {
      return;
    }
    if (rtcp) {
      receiver.rtcp(packet, arrivalNanos);
    } else {
      receiver.rtp(packet, arrivalNanos);
    }
  }

  @Override
  public void redirected(String url) {
    redirect = url;
    String message = "the camera redirects again and again, at last to " + Quotation.ofAddress(url);
    fail(Kind.NONSENSE, message + "; check the address", false);
  }

  @Override
  public void ended(StreamFailure newFailure) {
    if (failure == null) {
      failure = newFailure;
    }
  }

  @Override
  public boolean recording() {
    return runs != null && runs.progressed();
  }

  @Override
  public long progressNanos() {
    return runs.lastProgressNanos();
  }

  @Override
  public boolean steady(long now) {
    return steadySinceNanos != 0 && now - steadySinceNanos > STEADY_NANOS;
  }

  @Override
  public boolean connected() {
    return rtsp.connected();
  }

  @Override
  public Optional<StreamFailure> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public Optional<String> redirect() {
    return Optional.ofNullable(redirect);
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(leftOut);
    if (runs != null && runs.lostPackets() > 0) {
      notes.add(runs.lostPackets() + " packets lost since it was connected");
    }
    if (runs != null && Math.abs(runs.cameraClockOff().toSeconds()) >= 5) {
      notes.add("the camera's clock is off by " + runs.cameraClockOff().toSeconds() + " s");
    }
    return notes;
  }

  @Override
  public void close() {
    rtsp.close();
    stopReceiving();
    if (runs != null) {
      runs.endRun();
    }
  }

  private void stopReceiving() {
    for (TrackReceiver receiver : receivers) {
      if (receiver != null) {
        receiver.close();
      }
    }
    receivers = new TrackReceiver[receivers.length];
  }
}
