// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Payload;
import istream.recorder.media.VideoFormat.Codec;

/**
 * Decides whether decoding can start with an access unit: an IDR or IRAP picture. Some H.264
 * cameras never send an IDR picture; there a unit of I slices alone counts if it brings its
 * parameter sets, or says by a recovery point that decoding can start.
 */
final class KeyJudge {
  private static final int RECOVERY_POINT = 6; // ISO 14496-10 section D.1.8
  private static final int HEAD_BYTES = 12;

  private final boolean judgesSlices;
  private boolean keySlice;
  private boolean otherSlice;
  private boolean sps;
  private boolean pps;
  private boolean recovery;
  private boolean intraOnly;

  KeyJudge(Codec codec) {
    judgesSlices = codec == Codec.H264;
    reset();
  }

  void reset() {
    keySlice = false;
    otherSlice = false;
    sps = false;
    pps = false;
    recovery = false;
    intraOnly = true;
  }

  /** Takes a NAL unit that is whole. */
  void nal(NalKind kind, Payload payload, int start) {
    switch (kind) {
      case KEY_SLICE -> keySlice = true;
      case SPS -> sps = true;
      case PPS -> pps = true;
      case SEI -> {
        if (judgesSlices && payload.size() > start + 1) {
          recovery |= payload.get(start + 1) == RECOVERY_POINT;
        }
      }
      case SLICE -> {
        otherSlice = true;
        intraOnly = intraOnly && judgesSlices && startable() && isIntra(payload, start);
      }
      default -> {
        // says nothing about the picture
      }
    }
  }

  private boolean startable() {
    return (sps && pps) || recovery;
  }

  /** Whether slice_type is I or SI (ISO 14496-10 table 7-6). */
  private static boolean isIntra(Payload payload, int start) {
    byte[] head = new byte[Math.max(0, Math.min(HEAD_BYTES, payload.size() - start - 1))];
    for (int i = 0; i < head.length; i++) {
      head[i] = payload.get(start + 1 + i);
    }
    BitReader bits = new BitReader(head);
    bits.ue(); // first_mb_in_slice
    int type = bits.ue() % 5;
    return !bits.atEnd() && (type == 2 || type == 4);
  }

  boolean isKey() {
    return keySlice || (otherSlice && intraOnly);
  }
}
