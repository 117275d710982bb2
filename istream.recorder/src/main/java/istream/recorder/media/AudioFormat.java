// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

import java.nio.ByteBuffer;

/**
 * An audio track.
 *
 * @param codec the codec
 * @param clockRate samples and RTP ticks per second
 * @param channels number of channels
 * @param config AudioSpecificConfig of AAC (ISO 14496-3); empty for G.711; a read-only buffer
 */
public record AudioFormat(Codec codec, int clockRate, int channels, ByteBuffer config)
    implements TrackFormat {
  /** Codecs of audio that are recorded. */
  public enum Codec {
    /** RFC 3640. */
    AAC("AAC"),
    /** G.711 µ-law, RFC 3551. */
    PCMU("G.711 µ-law"),
    /** G.711 A-law, RFC 3551. */
    PCMA("G.711 A-law");

    private final String label;

    Codec(String label) {
      this.label = label;
    }
  }

  @Override
  public String codecName() {
    return codec.label;
  }

  @Override
  public String description() {
    return clockRate + " Hz, " + channels + (channels == 1 ? " channel" : " channels");
  }
}
