// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.recording.ProbeReport;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.media.Frame;
import istream.recorder.media.FrameSink;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.TrackFormat;
import istream.recorder.rtp.TrackReceiver;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Counts what comes on one track of a probed stream. Confined to the network thread. */
final class ProbedTrack implements FrameSink {
  private final MediaDescription media;
  private Optional<String> refusal;
  private final TrackReceiver receiver;
  private TrackFormat format;
  private long frames;
  private long bytes;
  private long first;
  private long last;
  private long lastKey = Long.MIN_VALUE;
  private long longestKeyDistance;
  private long lost;

  ProbedTrack(int track, MediaDescription media, Optional<String> refusal, ChunkPool pool) {
    this.media = media;
    this.refusal = refusal;
    format = TrackReceiver.announced(media).orElse(null);
    receiver = refusal.isEmpty() ? new TrackReceiver(track, media, pool, this) : null;
  }

  /** The camera does not send it. */
  void refused(String reason) {
    refusal = Optional.of(reason);
  }

  void packet(boolean rtcp, ByteBuffer packet, long arrivalNanos) {
    if (receiver != null && rtcp) {
      receiver.rtcp(packet, arrivalNanos);
    } else if (receiver != null) {
      receiver.rtp(packet, arrivalNanos);
    }
  }

  void tick(long now) {
    if (receiver != null) {
      receiver.flush(now);
    }
  }

  void close() {
    if (receiver != null) {
      receiver.close();
    }
  }

  boolean seen() {
    return frames > 0;
  }

  @Override
  public void format(int track, TrackFormat newFormat) {
    format = newFormat;
  }

  @Override
  public void frame(int track, Frame frame) {
    first = frames == 0 ? frame.time() : Math.min(first, frame.time());
    last = frames == 0 ? frame.time() : Math.max(last, frame.time());
    frames++;
    bytes += frame.data().size();
    if (frame.key()) {
      if (lastKey != Long.MIN_VALUE) {
        longestKeyDistance = Math.max(longestKeyDistance, frame.time() - lastKey);
      }
      lastKey = frame.time();
    }
    frame.data().release();
  }

  @Override
  public void clock(int track, long time, long ntpNanos) {
    // a probe does not measure clocks
  }

  @Override
  public void lost(int track, long packets) {
    lost += packets;
  }

  ProbeReport.Track report() {
    double rate = format == null ? media.clockRate() : format.clockRate();
    double seconds = (last - first) / rate;
    double perSecond = frames < 2 || seconds <= 0 ? 0 : (frames - 1) / seconds;
    double meanBytes = frames == 0 ? 0 : (double) bytes / frames;
    return new ProbeReport.Track(
        media.kind(),
        format == null ? media.encoding() : format.codecName(),
        format == null ? "" : format.description(),
        refusal.isEmpty(),
        frames,
        Math.round(perSecond * 100) / 100.0,
        Math.round(meanBytes * perSecond * 8),
        media.kind().equals("video") ? longestKeyDistance / rate : 0,
        lost,
        refusal.orElse(""));
  }
}
