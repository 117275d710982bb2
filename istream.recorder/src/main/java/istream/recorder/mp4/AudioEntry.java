// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.media.AudioFormat;

/**
 * Writes the sample entry of audio: {@code mp4a} with {@code esds} (ISO 14496-14, 14496-1 section
 * 7.2.6), or {@code ulaw} or {@code alaw} as QuickTime has them.
 */
final class AudioEntry {
  private AudioEntry() {}

  static void write(AudioFormat format, BoxWriter out) {
    int entry = out.box(type(format.codec()));
    out.zeros(6).u16(1).zeros(8);
    out.u16(format.channels()).u16(16).u32(0);
    out.u32(format.clockRate() > 0xffff ? 0 : (long) format.clockRate() << 16);
    if (format.codec() == AudioFormat.Codec.AAC) {
      esds(format, out);
    }
    out.end(entry);
  }

  private static String type(AudioFormat.Codec codec) {
    return switch (codec) {
      case AAC -> "mp4a";
      case PCMU -> "ulaw";
      case PCMA -> "alaw";
    };
  }

  private static void esds(AudioFormat format, BoxWriter out) {
    int config = format.config().remaining();
    int decoder = 13 + 5 + config;
    int box = out.fullBox("esds", 0, 0);
    descriptor(out, 3, 3 + 5 + decoder + 5 + 1);
    out.u16(0).u8(0); // ES_ID 0, as ISO 14496-14 asks of a file
    descriptor(out, 4, decoder);
    out.u8(0x40).u8(0x15).zeros(3).u32(0).u32(0); // AAC, an audio stream, rates unknown
    descriptor(out, 5, config);
    out.bytes(format.config());
    descriptor(out, 6, 1);
    out.u8(2);
    out.end(box);
  }

  /** Sizes always take four bytes, so that a nested one is known beforehand. */
  private static void descriptor(BoxWriter out, int tag, int size) {
    out.u8(tag);
    for (int shift = 21; shift > 0; shift -= 7) {
      out.u8(0x80 | ((size >>> shift) & 0x7f));
    }
    out.u8(size & 0x7f);
  }
}
