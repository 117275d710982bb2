// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.MediaDescription;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The AudioSpecificConfig of an AAC track (ISO 14496-3 section 1.6.2.1), from the description, or
 * made up of the announced rate and channels if the description has none.
 *
 * @param bytes the config, read-only
 * @param rate samples per second of the core coder; 0 if it cannot be read
 * @param channels 0 if the config does not say by a number
 * @param samples per access unit: 1024 or 960
 */
record AacConfig(ByteBuffer bytes, int rate, int channels, int samples) {
  private static final List<Integer> RATES =
      List.of(
          96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025,
          8_000, 7_350);
  private static final int RATE_ESCAPE = 15;
  private static final int LOW_COMPLEXITY = 2;
  private static final int SBR = 5;
  private static final int PS = 29;
  private static final int MOST_BYTES = 64;

  static AacConfig of(MediaDescription media) {
    byte[] given = decode(media.fmtp().getOrDefault("config", ""));
    return read(given.length >= 2 ? given : made(media.clockRate(), media.channels()));
  }

  private static byte[] decode(String hex) {
    String digits = hex.replaceAll("[^0-9A-Fa-f]", "");
    int count = Math.min(MOST_BYTES, digits.length() / 2);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  private static byte[] made(int rate, int channels) {
    int index = RATES.indexOf(rate);
    int layout = channels == 8 ? 7 : Math.min(channels, 7);
    if (index >= 0) {
      int bits = (LOW_COMPLEXITY << 11) | (index << 7) | (layout << 3);
      return new byte[] {(byte) (bits >>> 8), (byte) bits};
    }
    long bits =
        ((long) LOW_COMPLEXITY << 35)
            | ((long) RATE_ESCAPE << 31)
            | ((long) rate << 7)
            | ((long) layout << 3);
    return fiveBytes(bits);
  }

  private static byte[] fiveBytes(long bits) {
    byte[] bytes = new byte[5];
    for (int i = 0; i < 5; i++) {
      bytes[i] = (byte) (bits >>> (32 - 8 * i));
    }
    return bytes;
  }

  private static AacConfig read(byte[] bytes) {
    BitReader bits = new BitReader(bytes);
    int type = objectType(bits);
    int rate = rate(bits);
    int layout = bits.bits(4);
    int channels = layout == 7 ? 8 : layout > 7 ? 0 : layout;
    if (type == SBR || type == PS) {
      rate(bits); // of what the extension yields
      objectType(bits);
    }
    return new AacConfig(
        ByteBuffer.wrap(bytes).asReadOnlyBuffer(), rate, channels, bits.flag() ? 960 : 1024);
  }

  private static int objectType(BitReader bits) {
    int type = bits.bits(5);
    return type == 31 ? 32 + bits.bits(6) : type;
  }

  private static int rate(BitReader bits) {
    int index = bits.bits(4);
    if (index == RATE_ESCAPE) {
      return bits.bits(24);
    }
    return index < RATES.size() ? RATES.get(index) : 0;
  }

  /** Ticks of the track's clock that an access unit lasts. */
  int ticks(int clockRate) {
    if (rate == 0) {
      return samples;
    }
    long ticks = (long) samples * clockRate / rate;
    return (int) Math.max(1, Math.min(ticks, clockRate));
  }
}
