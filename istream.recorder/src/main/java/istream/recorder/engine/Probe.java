// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.CameraException;
import istream.api.camera.Credentials;
import istream.api.recording.ProbeReport;
import istream.api.recording.RecordingException;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure;
import istream.recorder.rtp.TrackReceiver;
import istream.recorder.rtsp.ControlUrl;
import istream.recorder.rtsp.Quotation;
import istream.recorder.rtsp.RtspListener;
import istream.recorder.rtsp.RtspSession;
import istream.recorder.rtsp.RtspTarget;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Watches one stream for some seconds, or reads its description alone, and says what is in it. */
public final class Probe implements NetworkLoop.Member, RtspListener {
  private static final long NO_FRAME_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final CompletableFuture<ProbeReport> result = new CompletableFuture<>();
  private final String shown;
  private final long watchNanos;
  private final Equipment equipment;
  private final RtspSession rtsp;
  private final List<ProbedTrack> tracks = new ArrayList<>();
  private String server = "";
  private final long begunNanos;
  private long firstFrameNanos;

  private Probe(
      AddressBook.Place place, Credentials credentials, Duration time, Equipment equipment) {
    shown = ControlUrl.shown(place.url());
    watchNanos = time.toNanos();
    this.equipment = equipment;
    begunNanos = equipment.nanos().getAsLong();
    RtspTarget target = new RtspTarget(place.url(), place.address(), credentials, true);
    rtsp = new RtspSession(target, this, equipment.loop().readBuffer());
  }

  /**
   * Opens a stream, watches it, and closes it. Blocks.
   *
   * @param time zero to end with the stream's description
   * @throws RecordingException if it cannot be opened
   */
  public static ProbeReport run(
      String url, Credentials credentials, Duration time, Equipment equipment)
      throws RecordingException {
    long most = time.toMillis() + TimeUnit.NANOSECONDS.toMillis(NO_FRAME_NANOS) + 15_000;
    try {
      AddressBook.Place place = equipment.addresses().find(url).await();
      Probe probe = new Probe(place, credentials, time, equipment);
      equipment.loop().add(probe);
      try {
        return probe.result.get(most, TimeUnit.MILLISECONDS);
      } finally {
        equipment.loop().execute(probe::leave);
      }
    } catch (CameraException e) {
      throw new RecordingException(e.getMessage(), e.retryable(), e);
    } catch (ExecutionException e) {
      throw new RecordingException(e.getCause().getMessage(), true, e.getCause());
    } catch (TimeoutException e) {
      throw new RecordingException(ControlUrl.shown(url) + " gave no answer in time", true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingException(
          "looking into " + ControlUrl.shown(url) + " was interrupted", true, e);
    }
  }

  private void leave() {
    rtsp.close();
    tracks.forEach(ProbedTrack::close);
    equipment.loop().remove(this);
  }

  @Override
  public long tick(long now) {
    if (result.isDone()) {
      return NetworkLoop.BEAT_NANOS;
    }
    rtsp.tick(now);
    tracks.forEach(track -> track.tick(now));
    if (firstFrameNanos == 0 && tracks.stream().anyMatch(ProbedTrack::seen)) {
      firstFrameNanos = now;
    }
    if (firstFrameNanos != 0 && now - firstFrameNanos >= watchNanos) {
      rtsp.close();
      result.complete(new ProbeReport(server, tracks.stream().map(ProbedTrack::report).toList()));
    } else if (firstFrameNanos == 0 && now - begunNanos > NO_FRAME_NANOS) {
      fail(shown + " has sent no frame for " + NO_FRAME_NANOS / 1_000_000_000L + " s");
    }
    return NetworkLoop.QUICK_NANOS;
  }

  private void fail(String message) {
    result.completeExceptionally(new RecordingException(message, true, null));
  }

  @Override
  public void crashed(Throwable fault) {
    fail("a fault of istream, see the log: " + fault);
  }

  @Override
  public List<Integer> described(String serverName, List<MediaDescription> media) {
    server = serverName;
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < media.size(); i++) {
      Optional<String> refusal = TrackReceiver.refusal(media.get(i));
      tracks.add(new ProbedTrack(i, media.get(i), refusal, equipment.pool()));
      if (refusal.isEmpty()) {
        chosen.add(i);
      }
    }
    if (chosen.isEmpty() || watchNanos == 0) {
      result.complete(new ProbeReport(server, tracks.stream().map(ProbedTrack::report).toList()));
      return List.of(); // which ends the session here
    }
    return chosen;
  }

  @Override
  public void refused(int track, String reason) {
    tracks.get(track).refused(reason);
  }

  @Override
  public void playing() {
    // what the packets say is enough
  }

  @Override
  public void packet(int track, boolean rtcp, ByteBuffer packet, long arrivalNanos) {
    if (track < tracks.size()) {
      tracks.get(track).packet(rtcp, packet, arrivalNanos);
    }
  }

  @Override
  public void redirected(String target) {
    fail(shown + " redirects to " + Quotation.ofAddress(target) + "; probe that address");
  }

  @Override
  public void ended(StreamFailure failure) {
    fail(failure.message());
  }
}
