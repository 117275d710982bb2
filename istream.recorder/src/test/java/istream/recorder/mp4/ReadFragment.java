// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A fragment as a reader finds it, by offsets and sizes alone. */
final class ReadFragment {
  private static final int DATA_OFFSET = 0x1;
  private static final int DURATION = 0x100;
  private static final int SIZE = 0x200;
  private static final int FLAGS = 0x400;
  private static final int COMPOSITION = 0x800;

  final List<Box> boxes;
  private final byte[] bytes;
  private final Box moof;

  ReadFragment(byte[] bytes) {
    this.bytes = bytes;
    boxes = Box.in(bytes);
    moof = boxes.stream().filter(box -> box.type().equals("moof")).findFirst().orElseThrow();
  }

  List<Box> tracks() {
    return moof.children("traf");
  }

  /** Where a track's samples begin, from the first byte of the moof. */
  int dataOffset(Box traf) {
    Box trun = traf.child("trun");
    if ((trun.flags() & DATA_OFFSET) == 0) {
      throw new AssertionError("no data offset");
    }
    return trun.content().getInt(8);
  }

  /** The bytes of a track's samples. */
  List<byte[]> samples(Box traf) {
    Box trun = traf.child("trun");
    ByteBuffer entries = trun.content().duplicate().position(12);
    List<byte[]> samples = new ArrayList<>();
    int at = moof.offset() + dataOffset(traf);
    for (int i = trun.content().getInt(4); i > 0; i--) {
      skip(entries, trun.flags() & DURATION);
      byte[] sample = new byte[(trun.flags() & SIZE) == 0 ? 0 : entries.getInt()];
      skip(entries, trun.flags() & FLAGS);
      skip(entries, trun.flags() & COMPOSITION);
      System.arraycopy(bytes, at, sample, 0, sample.length);
      samples.add(sample);
      at += sample.length;
    }
    return samples;
  }

  private static void skip(ByteBuffer entries, int flag) {
    if (flag != 0) {
      entries.getInt();
    }
  }
}
