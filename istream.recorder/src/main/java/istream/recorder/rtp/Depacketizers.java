// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Arena;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.FrameSink;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.VideoFormat;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the depacketizer of a medium. */
record Depacketizers(int track, MediaDescription media, Arena arena, FrameSink sink) {
  private static final Logger LOG = LoggerFactory.getLogger(Depacketizers.class);

  /** Makes it; the medium must be one that is not refused. */
  Depacketizer make(LossLedger losses) {
    return switch (media.encoding()) {
      case "H264" -> new H264Depacketizer(video(VideoFormat.Codec.H264, losses));
      case "PCMU" -> g711(AudioFormat.Codec.PCMU, losses);
      case "PCMA" -> g711(AudioFormat.Codec.PCMA, losses);
      case "MPEG4-GENERIC" -> aac(losses);
      default -> h265(losses);
    };
  }

  private Depacketizer h265(LossLedger losses) {
    String distance = media.fmtp().getOrDefault("sprop-max-don-diff", "");
    boolean numbered = distance.matches("\\d+") && !distance.matches("0+");
    return new H265Depacketizer(video(VideoFormat.Codec.H265, losses), numbered);
  }

  private AccessUnitAssembler video(VideoFormat.Codec codec, LossLedger losses) {
    VideoOutput output = new VideoOutput(track, sink, new ParameterSets(codec, media));
    return new AccessUnitAssembler(codec, arena, output, losses);
  }

  private Depacketizer g711(AudioFormat.Codec codec, LossLedger losses) {
    ByteBuffer none = ByteBuffer.allocate(0).asReadOnlyBuffer();
    AudioOutput output = audio(new AudioFormat(codec, media.clockRate(), channels(), none), losses);
    return new G711Depacketizer(output, channels());
  }

  private Depacketizer aac(LossLedger losses) {
    AacConfig config = AacConfig.of(media);
    if (config.rate() != media.clockRate()) {
      LOG.info(
          "the camera's AAC has {} samples per second, its RTP clock {} ticks; time goes by the"
              + " clock",
          config.rate(),
          media.clockRate());
    }
    AudioFormat format =
        new AudioFormat(
            AudioFormat.Codec.AAC,
            media.clockRate(),
            config.channels() > 0 ? config.channels() : channels(),
            config.bytes());
    return new AacDepacketizer(audio(format, losses), config.ticks(media.clockRate()), media);
  }

  private AudioOutput audio(AudioFormat format, LossLedger losses) {
    return new AudioOutput(track, format, arena, sink, losses);
  }

  private int channels() {
    return Math.max(1, media.channels());
  }
}
