// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Beeps in AAC-LC, 16 kHz, one channel: frames of 1024 samples without their ADTS headers. */
final class Tone {
  /** Samples a second, which is also the RTP clock. */
  static final int RATE = 16000;

  /** Samples in a frame. */
  static final int SAMPLES = 1024;

  private final List<byte[]> frames = new ArrayList<>();

  Tone() {
    byte[] stream = Clip.resource("tone.aac");
    int at = 0;
    while (at + 7 <= stream.length) {
      int header = (stream[at + 1] & 1) == 0 ? 9 : 7;
      int length =
          ((stream[at + 3] & 3) << 11)
              | ((stream[at + 4] & 0xff) << 3)
              | ((stream[at + 5] & 0xe0) >> 5);
      frames.add(Arrays.copyOfRange(stream, at + header, at + length));
      at += length;
    }
  }

  byte[] frame(long index) {
    return frames.get((int) (index % frames.size()));
  }

  /** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) in hexadecimal, for SDP. */
  static String config() {
    int lowComplexity = 2;
    int index16kHz = 8;
    int config = (lowComplexity << 11) | (index16kHz << 7) | (1 << 3);
    return HexFormat.of().toHexDigits((short) config);
  }
}
