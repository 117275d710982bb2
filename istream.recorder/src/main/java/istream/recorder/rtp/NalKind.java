// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.VideoFormat.Codec;

/** What a NAL unit is to a recorder, by the first byte of its header. */
enum NalKind {
  VPS,
  SPS,
  PPS,
  /** Access unit delimiter: nothing of a picture lies before it. */
  DELIMITER,
  SEI,
  /** Part of a picture that needs others. */
  SLICE,
  /** Part of a picture that decoding can start with. */
  KEY_SLICE,
  OTHER;

  static NalKind of(Codec codec, int header) {
    return codec == Codec.H264 ? h264(header & 0x1f) : h265((header >>> 1) & 0x3f);
  }

  /** ISO 14496-10 table 7-1. */
  private static NalKind h264(int type) {
    return switch (type) {
      case 1, 2, 3, 4 -> SLICE;
      case 5 -> KEY_SLICE;
      case 6 -> SEI;
      case 7 -> SPS;
      case 8 -> PPS;
      case 9 -> DELIMITER;
      default -> OTHER;
    };
  }

  /** ISO 23008-2 table 7-1. */
  private static NalKind h265(int type) {
    return switch (type) {
      case 16, 17, 18, 19, 20, 21, 22, 23 -> KEY_SLICE;
      case 32 -> VPS;
      case 33 -> SPS;
      case 34 -> PPS;
      case 35 -> DELIMITER;
      case 39 -> SEI;
      default -> type < 32 ? SLICE : OTHER;
    };
  }

  boolean isSlice() {
    return this == SLICE || this == KEY_SLICE;
  }

  boolean isParameterSet() {
    return this == VPS || this == SPS || this == PPS;
  }

  /** Whether nothing of an access unit that has a picture already can follow with it. */
  boolean opensUnit() {
    return this == DELIMITER || this == VPS || this == SPS;
  }
}
