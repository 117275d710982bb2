// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Arena;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.media.FrameSink;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.TrackFormat;
import istream.recorder.media.VideoFormat.Codec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Receives one track: its RTP and RTCP packets (RFC 3550) go in, frames and the camera's clock come
 * out at the sink. For one thread. Whatever a camera sends, nothing throws and memory is bounded.
 */
public final class TrackReceiver {
  private static final int VIDEO_RATE = 90_000;

  /** Reports on timestamps further away than this are of another stream. */
  private static final int MOST_SECONDS_OFF = 60;

  private final int track;
  private final FrameSink sink;
  private final RtpPacket packet = new RtpPacket();
  private final SourceLock source;
  private final SequenceTracker sequence = new SequenceTracker();
  private final TimestampUnwrapper times;
  private final LossLedger losses;
  private final Arena arena;
  private final Depacketizer depacketizer;
  private final Reception reception;
  private final Reports reports = new Reports();
  private long arrival;
  private long missing;
  private boolean ended;

  /**
   * Makes the receiver of a track.
   *
   * @param track its number, handed to the sink
   * @param media its description, which {@link #refusal} has nothing against
   * @param pool where frames get their memory
   * @param sink where frames go
   * @throws IllegalArgumentException if the medium cannot be recorded
   */
  public TrackReceiver(int track, MediaDescription media, ChunkPool pool, FrameSink sink) {
    refusal(media)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("track " + track + ": " + reason);
            });
    this.track = track;
    this.sink = sink;
    int rate = Math.max(1, media.clockRate());
    source = new SourceLock(media.payloadType());
    times = new TimestampUnwrapper(rate, media.kind().equals("video") ? VIDEO_RATE : rate);
    losses = new LossLedger(track, sink);
    arena = new Arena(pool);
    depacketizer = new Depacketizers(track, media, arena, sink).make(losses);
    reception = new Reception(ThreadLocalRandom.current().nextInt(), rate);
  }

  /** Why a medium cannot be recorded, in words for the user; empty if it can. */
  public static Optional<String> refusal(MediaDescription media) {
    return MediaSupport.refusal(media);
  }

  /** The format of a medium as far as its description tells it, before any packet has come. */
  public static Optional<TrackFormat> announced(MediaDescription media) {
    if (!media.kind().equals("video") || refusal(media).isPresent()) {
      return Optional.empty();
    }
    Codec codec = MediaSupport.isH265(media) ? Codec.H265 : Codec.H264;
    return Optional.of(new ParameterSets(codec, media).format());
  }

  /**
   * Takes an RTP packet. The buffer's position and limit are as before when this returns, and it is
   * not kept.
   *
   * @param bytes the packet
   * @param arrivalNanos monotonic time at which it was read
   */
  public void rtp(ByteBuffer bytes, long arrivalNanos) {
    if (RtcpReader.isRtcp(bytes)) {
      rtcp(bytes, arrivalNanos);
      return;
    }
    int position = bytes.position();
    int limit = bytes.limit();
    if (packet.read(bytes)) {
      sort(arrivalNanos);
    }
    bytes.limit(limit).position(position);
  }

  private void sort(long arrivalNanos) {
    if (source.accepts(packet)) {
      accepted(arrivalNanos);
      return;
    }
    List<ByteBuffer> believed = source.believed();
    if (!believed.isEmpty()) {
      if (reception.received() > 0) {
        sequence.forget();
        interrupted(0);
      }
      for (ByteBuffer earlier : believed) {
        if (packet.read(earlier)) {
          accepted(arrivalNanos);
        }
      }
    }
  }

  private void accepted(long arrivalNanos) {
    int ahead = sequence.next(packet.sequence());
    if (ahead == SequenceTracker.DUPLICATE) {
      return;
    }
    if (ahead != 0) {
      interrupted(Math.max(0, ahead));
    }
    ended = false;
    reception.packet(packet.timestamp(), arrivalNanos);
    long time = times.next(packet.timestamp());
    reports.sourceStarts();
    depacketizer.packet(packet, time, arrivalNanos);
  }

  private void interrupted(int packets) {
    missing += packets;
    depacketizer.gap();
    losses.lost(packets);
  }

  /** Takes a compound RTCP packet. */
  public void rtcp(ByteBuffer bytes, long arrivalNanos) {
    arrival = arrivalNanos;
    RtcpReader.read(bytes, reports);
  }

  private final class Reports implements RtcpReader.Listener {
    private int earlySource;
    private long earlyNtp;
    private int earlyTimestamp;
    private boolean matching;

    @Override
    public void senderReport(int ssrc, long ntp, int timestamp) {
      if (!times.started()) {
        earlySource = ssrc;
        earlyNtp = ntp;
        earlyTimestamp = timestamp;
      } else if (trusted(ssrc) && ntp != 0 && times.isNear(timestamp, MOST_SECONDS_OFF)) {
        // an NTP time of 0 says that the camera has no clock
        reception.senderReport((int) (ntp >>> 16), arrival);
        sink.clock(track, times.near(timestamp), NtpTime.toUnixNanos(ntp));
      }
    }

    /** Some cameras report under another SSRC than they send with; then any will do. */
    private boolean trusted(int ssrc) {
      matching |= ssrc == source.ssrc();
      return !matching || ssrc == source.ssrc();
    }

    /** A report that came before the first packet gets its meaning by it. */
    void sourceStarts() {
      if (earlyNtp != 0) {
        long ntp = earlyNtp;
        earlyNtp = 0;
        senderReport(earlySource, ntp, earlyTimestamp);
      }
    }

    @Override
    public void bye(int ssrc) {
      ended |= source.locked() && ssrc == source.ssrc();
    }
  }

  /**
   * Hands out the access unit that is pending if it is whole and nothing followed it for a while;
   * to be called now and then.
   */
  public void flush(long nowNanos) {
    depacketizer.flush(nowNanos);
  }

  /** A receiver report to send, about every 5 s; empty when none is due. */
  public Optional<ByteBuffer> receiverReport(long nowNanos) {
    return reception.report(source.ssrc(), sequence.extended(), missing, nowNanos);
  }

  /** Whether the source said goodbye (RTCP BYE) and nothing came since. */
  public boolean ended() {
    return ended;
  }

  /** Gives up what is pending, and its memory. */
  public void close() {
    depacketizer.close();
    arena.close();
  }

  /** Packets taken. */
  public long packets() {
    return reception.received();
  }

  /** Packets that did not arrive, or arrived and had to be dropped. */
  public long lost() {
    return losses.total();
  }
}
