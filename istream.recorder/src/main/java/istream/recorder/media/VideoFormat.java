// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A video track. Its clock runs at 90 kHz.
 *
 * @param codec the codec
 * @param parameterSets the NAL units a decoder needs first, without start code or length: VPS
 *     (H.265 only), SPS and PPS in that order, each kind by its id; read-only buffers
 * @param width in pixels, after cropping
 * @param height in pixels, after cropping
 */
public record VideoFormat(Codec codec, List<ByteBuffer> parameterSets, int width, int height)
    implements TrackFormat {
  /** Codecs of video that are recorded. */
  public enum Codec {
    /** RFC 6184. */
    H264,
    /** RFC 7798. */
    H265
  }

  /** Keeps a copy of the list. */
  public VideoFormat {
    parameterSets = List.copyOf(parameterSets);
  }

  @Override
  public int clockRate() {
    return 90_000;
  }

  @Override
  public String codecName() {
    return codec == Codec.H264 ? "H.264" : "H.265";
  }

  @Override
  public String description() {
    return width > 0 ? width + "x" + height : "";
  }
}
