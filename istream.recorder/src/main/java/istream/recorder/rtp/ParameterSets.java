// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.MediaDescription;
import istream.recorder.media.VideoFormat;
import istream.recorder.media.VideoFormat.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameter sets of a video track, from its description and from its stream, each by its id.
 */
final class ParameterSets {
  private static final int LEAST_BYTES = 4;
  private static final int MOST_BYTES = 8192;
  private static final int MOST_BYTES_IN_ALL = 128 << 10;
  private static final int MOST_ID = 255;

  private final Codec codec;
  private final Map<NalKind, SortedMap<Integer, byte[]>> sets = new EnumMap<>(NalKind.class);
  private boolean changed;
  private int bytes;
  private int width;
  private int height;

  ParameterSets(Codec codec, MediaDescription media) {
    this.codec = codec;
    for (String key : List.of("sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets")) {
      for (String text : media.fmtp().getOrDefault(key, "").split(",", -1)) {
        described(text);
      }
    }
  }

  private void described(String text) {
    byte[] nal = decode(text);
    int skip = 0;
    while (skip < nal.length && nal[skip] == 0) {
      skip++;
    }
    // some cameras leave the start code in
    boolean startCode = skip >= 2 && skip < nal.length && nal[skip] == 1;
    offer(startCode ? Arrays.copyOfRange(nal, skip + 1, nal.length) : nal);
  }

  /**
   * Base64 with line breaks, quotes, the other alphabet or missing padding: what is usable of it.
   */
  private static byte[] decode(String text) {
    String plain = text.replace('-', '+').replace('_', '/').replaceAll("[^A-Za-z0-9+/]", "");
    int usable = plain.length() % 4 == 1 ? plain.length() - 1 : plain.length();
    return Base64.getDecoder().decode(plain.substring(0, usable));
  }

  /** Keeps a NAL unit if it is a parameter set. */
  void offer(byte[] unit) {
    byte[] nal = withoutZeros(unit);
    if (nal.length < LEAST_BYTES || nal.length > MOST_BYTES) {
      return;
    }
    NalKind kind = NalKind.of(codec, nal[0]);
    if (!kind.isParameterSet()) {
      return;
    }
    int id = id(kind, nal);
    if (id <= MOST_ID && bytes + nal.length <= MOST_BYTES_IN_ALL) {
      byte[] before = sets.computeIfAbsent(kind, k -> new TreeMap<>()).put(id, nal);
      bytes += nal.length - (before == null ? 0 : before.length);
      changed |= !Arrays.equals(before, nal);
    }
  }

  /** Zeros at the end are no part of a NAL unit (ISO 14496-10 annex B), but some send them. */
  private static byte[] withoutZeros(byte[] unit) {
    int length = unit.length;
    while (length > 0 && unit[length - 1] == 0) {
      length--;
    }
    return length == unit.length ? unit : Arrays.copyOf(unit, length);
  }

  private int id(NalKind kind, byte[] nal) {
    if (kind == NalKind.SPS) {
      SpsReader sps = SpsReader.read(codec, nal);
      width = sps.width();
      height = sps.height();
      return sps.id();
    }
    BitReader bits = BitReader.ofNal(nal);
    bits.skip(codec == Codec.H264 ? 8 : 16);
    return kind == NalKind.VPS ? bits.bits(4) : bits.ue();
  }

  /** Whether a decoder could start. */
  boolean complete() {
    return sets.containsKey(NalKind.SPS)
        && sets.containsKey(NalKind.PPS)
        && (codec == Codec.H264 || sets.containsKey(NalKind.VPS));
  }

  /** Whether a set differs from what {@link #format} yielded last. */
  boolean changed() {
    return changed;
  }

  VideoFormat format() {
    changed = false;
    List<ByteBuffer> all = new ArrayList<>();
    for (SortedMap<Integer, byte[]> kind : sets.values()) {
      kind.values().forEach(set -> all.add(ByteBuffer.wrap(set).asReadOnlyBuffer()));
    }
    return new VideoFormat(codec, all, width, height);
  }
}
