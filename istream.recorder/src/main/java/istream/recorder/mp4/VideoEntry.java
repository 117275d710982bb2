// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.media.VideoFormat;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes the sample entry of video: {@code avc1} or {@code hvc1} (ISO 14496-15). */
final class VideoEntry {
  private static final int MOST_SET_BYTES = 0xffff;
  private static final int H264_SPS = 7;
  private static final int H264_PPS = 8;
  private static final int H265_VPS = 32;
  private static final int H265_SPS = 33;
  private static final int H265_PPS = 34;

  private final VideoFormat format;
  private final BoxWriter out;

  private VideoEntry(VideoFormat format, BoxWriter out) {
    this.format = format;
    this.out = out;
  }

  static void write(VideoFormat format, BoxWriter out) {
    new VideoEntry(format, out).write();
  }

  private void write() {
    boolean h264 = format.codec() == VideoFormat.Codec.H264;
    int entry = out.box(h264 ? "avc1" : "hvc1");
    out.zeros(6).u16(1).zeros(16);
    out.u16(format.width()).u16(format.height());
    out.u32(0x480000).u32(0x480000).u32(0); // 72 dpi, as every writer says
    out.u16(1).zeros(32).u16(24).u16(0xffff);
    if (h264) {
      avcC();
    } else {
      hvcC();
    }
    out.end(entry);
  }

  private void avcC() {
    List<ByteBuffer> spss = sets(H264_SPS, 31);
    List<ByteBuffer> ppss = sets(H264_PPS, 255);
    ByteBuffer sps = first(spss);
    int profile = sps.get(sps.position() + 1) & 0xff;
    int box = out.box("avcC");
    out.u8(1).bytes(sps.slice(sps.position() + 1, 3)).u8(0xff);
    out.u8(0xe0 | spss.size());
    spss.forEach(this::set);
    out.u8(ppss.size());
    ppss.forEach(this::set);
    if (profile != 66 && profile != 77 && profile != 88) {
      RbspReader bits = new RbspReader(sps, 4);
      bits.ue(); // seq_parameter_set_id
      int chroma = bits.ue();
      if (chroma == 3) {
        bits.skip(1); // separate_colour_plane_flag
      }
      out.u8(0xfc | chroma).u8(0xf8 | bits.ue()).u8(0xf8 | bits.ue()).u8(0);
    }
    out.end(box);
  }

  private void hvcC() {
    ByteBuffer sps = first(sets(H265_SPS, 16));
    RbspReader bits = new RbspReader(sps, 2);
    bits.skip(4); // sps_video_parameter_set_id
    int subLayers = bits.bits(3);
    int nested = bits.bits(1);
    int box = out.box("hvcC");
    out.u8(1);
    for (int i = 0; i < 12; i++) {
      out.u8(bits.bits(8)); // general profile, tier and level, ISO 23008-2 section 7.3.3
    }
    skipSubLayers(bits, subLayers);
    bits.ue(); // sps_seq_parameter_set_id
    int chroma = bits.ue();
    if (chroma == 3) {
      bits.skip(1);
    }
    bits.ue(); // width
    bits.ue(); // height
    if (bits.bits(1) == 1) {
      for (int i = 0; i < 4; i++) {
        bits.ue(); // conformance window
      }
    }
    out.u16(0xf000).u8(0xfc).u8(0xfc | chroma).u8(0xf8 | bits.ue()).u8(0xf8 | bits.ue());
    out.u16(0).u8(((subLayers + 1) << 3) | (nested << 2) | 3);
    out.u8(3);
    array(H265_VPS);
    array(H265_SPS);
    array(H265_PPS);
    out.end(box);
  }

  private static void skipSubLayers(RbspReader bits, int subLayers) {
    int present = subLayers == 0 ? 0 : bits.bits(16);
    for (int i = 0; i < subLayers; i++) {
      int flags = (present >>> (14 - 2 * i)) & 3;
      bits.skip(((flags & 2) != 0 ? 88 : 0) + ((flags & 1) != 0 ? 8 : 0));
    }
  }

  private void array(int type) {
    List<ByteBuffer> sets = sets(type, 64);
    out.u8(0x80 | type).u16(sets.size());
    sets.forEach(this::set);
  }

  private void set(ByteBuffer set) {
    out.u16(set.remaining()).bytes(set);
  }

  private List<ByteBuffer> sets(int type, int most) {
    return format.parameterSets().stream()
        .filter(set -> set.remaining() >= 4 && set.remaining() <= MOST_SET_BYTES)
        .filter(set -> type(set.get(set.position())) == type)
        .limit(most)
        .toList();
  }

  private int type(byte header) {
    return format.codec() == VideoFormat.Codec.H264 ? header & 0x1f : (header >>> 1) & 0x3f;
  }

  private ByteBuffer first(List<ByteBuffer> spss) {
    if (spss.isEmpty()) {
      throw new IllegalArgumentException(
          "the camera's "
              + format.codecName()
              + " stream has no usable sequence parameter set; restart the camera or choose"
              + " another profile");
    }
    return spss.get(0);
  }
}
