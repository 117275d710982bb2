// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The video samples of an MP4 file (ISO/IEC 14496-12): those of its sample tables, then those of
 * its fragments.
 */
final class Mp4Movie {
  private static final int BASE_DATA_OFFSET = 0x01;
  private static final int DESCRIPTION_INDEX = 0x02;
  private static final int DEFAULT_DURATION = 0x08;
  private static final int DEFAULT_SIZE = 0x10;
  private static final int DATA_OFFSET = 0x01;
  private static final int FIRST_FLAGS = 0x04;
  private static final int SAMPLE_SIZE = 0x200;
  // duration, size, flags and composition offset, if present, take four bytes each
  private static final int SAMPLE_FIELDS = 0xf00;

  /**
   * Where a sample lies.
   *
   * @param offset in the file
   * @param size in bytes
   */
  record Sample(long offset, int size) {}

  private final List<Sample> samples = new ArrayList<>();
  private int track = -1;
  private int defaultSize;
  private Codec codec;
  private int lengthBytes;

  private Mp4Movie() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it has no video track in H.264 or H.265
   * @throws IndexOutOfBoundsException if a box is cut short
   */
  static Mp4Movie read(ByteBuffer file) {
    Mp4Movie movie = new Mp4Movie();
    for (Mp4Box box : Mp4Box.in(file, 0, file.limit())) {
      if (box.is("moov")) {
        movie.readInit(box);
      } else if (box.is("moof")) {
        movie.readFragment(box);
      }
    }
    if (movie.codec == null) {
      throw new IllegalArgumentException("no video track in H.264 or H.265");
    }
    movie.samples.removeIf(sample -> sample.offset() + sample.size() > file.limit());
    return movie;
  }

  List<Sample> samples() {
    return samples;
  }

  Codec codec() {
    return codec;
  }

  /** Bytes of the length before each NAL unit. */
  int lengthBytes() {
    return lengthBytes;
  }

  private void readInit(Mp4Box moov) {
    for (Mp4Box trak : moov.all("trak")) {
      Mp4Box mdia = trak.child("mdia");
      if (codec != null || !mdia.child("hdlr").text(8).equals("vide")) {
        continue;
      }
      Mp4Box tkhd = trak.child("tkhd");
      track = tkhd.u32(tkhd.u8(0) == 1 ? 20 : 12);
      Mp4Box stbl = mdia.child("minf").child("stbl");
      readSampleEntry(stbl.child("stsd").inside(8).get(0));
      readTables(stbl);
    }
    for (Mp4Box mvex : moov.all("mvex")) {
      for (Mp4Box trex : mvex.all("trex")) {
        defaultSize = trex.u32(4) == track ? trex.u32(16) : defaultSize;
      }
    }
  }

  private void readSampleEntry(Mp4Box entry) {
    int visualSampleEntry = 78;
    for (Mp4Box box : entry.inside(visualSampleEntry)) {
      if (box.is("avcC")) {
        codec = Codec.H264;
        lengthBytes = (box.u8(4) & 3) + 1;
      } else if (box.is("hvcC")) {
        codec = Codec.H265;
        lengthBytes = (box.u8(21) & 3) + 1;
      }
    }
  }

  private void readTables(Mp4Box stbl) {
    Mp4Box stsz = stbl.child("stsz");
    Mp4Box stsc = stbl.child("stsc");
    boolean wide = !stbl.all("co64").isEmpty();
    Mp4Box chunks = stbl.child(wide ? "co64" : "stco");
    int sample = 0;
    int entry = 0;
    for (int chunk = 0; chunk < chunks.u32(4); chunk++) {
      if (entry + 1 < stsc.u32(4) && stsc.u32(8 + 12 * (entry + 1)) == chunk + 1) {
        entry++;
      }
      long offset = wide ? chunks.u64(8 + 8 * chunk) : chunks.u32(8 + 4 * chunk) & 0xffff_ffffL;
      for (int i = 0; i < stsc.u32(8 + 12 * entry + 4); i++) {
        int size = stsz.u32(4) != 0 ? stsz.u32(4) : stsz.u32(12 + 4 * sample);
        samples.add(new Sample(offset, size));
        offset += size;
        sample++;
      }
    }
  }

  private void readFragment(Mp4Box moof) {
    for (Mp4Box traf : moof.all("traf")) {
      Mp4Box tfhd = traf.child("tfhd");
      if (tfhd.u32(4) != track) {
        continue;
      }
      int flags = tfhd.u32(0) & 0xffffff;
      int at = 8;
      long base = moof.start();
      if ((flags & BASE_DATA_OFFSET) != 0) {
        base = tfhd.u64(at);
        at += 8;
      }
      at += (flags & DESCRIPTION_INDEX) != 0 ? 4 : 0;
      at += (flags & DEFAULT_DURATION) != 0 ? 4 : 0;
      int size = (flags & DEFAULT_SIZE) != 0 ? tfhd.u32(at) : defaultSize;
      long next = base;
      for (Mp4Box trun : traf.all("trun")) {
        next = readRun(trun, base, next, size);
      }
    }
  }

  private long readRun(Mp4Box trun, long base, long next, int usualSize) {
    int flags = trun.u32(0) & 0xffffff;
    int at = 8;
    long offset = next;
    if ((flags & DATA_OFFSET) != 0) {
      offset = base + trun.u32(at);
      at += 4;
    }
    at += (flags & FIRST_FLAGS) != 0 ? 4 : 0;
    int stride = 4 * Integer.bitCount(flags & SAMPLE_FIELDS);
    int sizeAt = 4 * Integer.bitCount(flags & 0x100);
    for (int i = 0; i < trun.u32(4); i++) {
      int size = (flags & SAMPLE_SIZE) != 0 ? trun.u32(at + sizeAt) : usualSize;
      samples.add(new Sample(offset, size));
      offset += size;
      at += stride;
    }
    return offset;
  }
}
