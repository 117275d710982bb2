// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.VideoFormat.Codec;
import java.util.Set;

/**
 * Reads what a recorder needs of a sequence parameter set: ISO 14496-10 section 7.3.2.1.1, ISO
 * 23008-2 section 7.3.2.2. What cannot be believed has the size 0x0.
 *
 * @param id its number
 * @param width in pixels, after cropping
 * @param height in pixels, after cropping
 */
record SpsReader(int id, int width, int height) {
  /** The largest that fits into the sample entry's sixteen bits, and more than any camera has. */
  private static final long MOST_PIXELS = 32_767;

  private static final Set<Integer> HIGH_PROFILES =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  static SpsReader read(Codec codec, byte[] nal) {
    BitReader bits = BitReader.ofNal(nal);
    return codec == Codec.H264 ? h264(bits) : h265(bits);
  }

  private static SpsReader h264(BitReader bits) {
    bits.skip(8);
    int profile = bits.bits(8);
    bits.skip(16);
    int id = bits.ue();
    int chroma = HIGH_PROFILES.contains(profile) ? highProfile(bits) : 1;
    bits.ue(); // log2_max_frame_num_minus4
    pictureOrder(bits);
    bits.ue(); // max_num_ref_frames
    bits.skip(1);
    long width = (bits.ue() + 1L) * 16;
    long mapUnits = bits.ue() + 1L;
    int fields = bits.flag() ? 1 : 2;
    bits.skip(fields); // mb_adaptive_frame_field_flag if fields, direct_8x8_inference_flag
    int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
    int unitY = (chroma == 1 ? 2 : 1) * fields;
    return cropped(bits, id, new long[] {width, mapUnits * 16 * fields, unitX, unitY});
  }

  /** Yields the ChromaArrayType. */
  private static int highProfile(BitReader bits) {
    int chroma = bits.ue();
    boolean planes = chroma == 3 && bits.flag();
    bits.ue(); // bit_depth_luma_minus8
    bits.ue(); // bit_depth_chroma_minus8
    bits.skip(1);
    if (bits.flag()) {
      for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
        if (bits.flag()) {
          scalingList(bits, i < 6 ? 16 : 64);
        }
      }
    }
    return planes ? 0 : chroma;
  }

  private static void scalingList(BitReader bits, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = (last + bits.se()) & 0xff;
      last = next == 0 ? last : next;
    }
  }

  private static void pictureOrder(BitReader bits) {
    int type = bits.ue();
    if (type == 0) {
      bits.ue();
    } else if (type == 1) {
      bits.skip(1);
      bits.se();
      bits.se();
      int cycle = Math.min(bits.ue(), 255);
      for (int i = 0; i < cycle; i++) {
        bits.se();
      }
    }
  }

  private static SpsReader h265(BitReader bits) {
    bits.skip(16 + 4);
    int subLayers = bits.bits(3);
    bits.skip(1 + 96); // nesting flag; general profile, tier and level
    int present = subLayers == 0 ? 0 : bits.bits(16);
    for (int i = 0; i < subLayers; i++) {
      int flags = (present >>> (14 - 2 * i)) & 3;
      bits.skip(((flags & 2) != 0 ? 88 : 0) + ((flags & 1) != 0 ? 8 : 0));
    }
    int id = bits.ue();
    int chroma = bits.ue();
    boolean planes = chroma == 3 && bits.flag();
    long width = bits.ue();
    long height = bits.ue();
    int unitX = !planes && (chroma == 1 || chroma == 2) ? 2 : 1;
    int unitY = chroma == 1 ? 2 : 1;
    return cropped(bits, id, new long[] {width, height, unitX, unitY});
  }

  /** Takes the cropping off; {@code size} is width, height and what one step of each crops. */
  private static SpsReader cropped(BitReader bits, int id, long[] size) {
    long width = size[0];
    long height = size[1];
    if (bits.flag()) {
      width -= size[2] * ((long) bits.ue() + bits.ue());
      height -= size[3] * ((long) bits.ue() + bits.ue());
    }
    boolean sane =
        !bits.atEnd() && width > 0 && height > 0 && Math.max(width, height) <= MOST_PIXELS;
    return sane ? new SpsReader(id, (int) width, (int) height) : new SpsReader(id, 0, 0);
  }
}
