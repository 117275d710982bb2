// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a {@code moof} box says of its video (ISO/IEC 14496-12, 8.8).
 *
 * @param decodeTime of the first frame, in ticks of the track
 * @param duration of the frames, in ticks of the track
 * @param key whether the first frame is a key frame
 */
record FragmentHeader(long decodeTime, long duration, boolean key) {
  private static final int NOT_KEY = 0x10000;

  /**
   * Reads the contents of a {@code moof}; without a traf of the video all is zero.
   *
   * @throws IOException if it is not what its flags say
   */
  static FragmentHeader parse(ByteBuffer moof, MovieHeader movie) throws IOException {
    try {
      for (Box.Content box : Box.in(moof)) {
        if (box.type().equals("traf")) {
          Reader reader = new Reader(movie);
          Box.in(box.bytes()).forEach(reader::take);
          if (reader.track == movie.track()) {
            return new FragmentHeader(reader.decodeTime, reader.total, reader.key);
          }
        }
      }
      return new FragmentHeader(0, 0, false);
    } catch (BufferUnderflowException e) {
      throw new IOException("a fragment's header is shorter than its flags say", e);
    }
  }

  /** Reads one traf box by box. */
  private static final class Reader {
    private long track;
    private long decodeTime;
    private long total;
    private boolean key;
    private boolean first = true;
    private long sampleDuration;
    private int sampleFlags;

    Reader(MovieHeader movie) {
      sampleDuration = movie.defaultDuration();
      sampleFlags = movie.defaultFlags();
    }

    void take(Box.Content box) {
      switch (box.type()) {
        case "tfhd" -> header(box.bytes());
        case "tfdt" -> {
          boolean wide = box.bytes().getInt() >>> 24 == 1;
          decodeTime = wide ? box.bytes().getLong() : Integer.toUnsignedLong(box.bytes().getInt());
        }
        case "trun" -> run(box.bytes());
        default -> {
          // readers skip what they do not know
        }
      }
    }

    private void header(ByteBuffer tfhd) {
      int flags = tfhd.getInt();
      track = Integer.toUnsignedLong(tfhd.getInt());
      skip(tfhd, flags, 0x1, 8);
      skip(tfhd, flags, 0x2, 4);
      if ((flags & 0x8) != 0) {
        sampleDuration = Integer.toUnsignedLong(tfhd.getInt());
      }
      skip(tfhd, flags, 0x10, 4);
      if ((flags & 0x20) != 0) {
        sampleFlags = tfhd.getInt();
      }
    }

    private void run(ByteBuffer trun) {
      int flags = trun.getInt();
      long samples = Integer.toUnsignedLong(trun.getInt());
      skip(trun, flags, 0x1, 4);
      int firstFlags = (flags & 0x4) != 0 ? trun.getInt() : sampleFlags;
      if ((flags & 0xf00) == 0) {
        // nothing per frame: the count alone says it, however large
        total += samples * sampleDuration;
        begin(firstFlags);
        return;
      }
      for (long i = 0; i < samples; i++) {
        total += (flags & 0x100) != 0 ? Integer.toUnsignedLong(trun.getInt()) : sampleDuration;
        skip(trun, flags, 0x200, 4);
        int own = (flags & 0x400) != 0 ? trun.getInt() : firstFlags;
        skip(trun, flags, 0x800, 4);
        begin((flags & 0x4) != 0 ? firstFlags : own);
      }
    }

    private void begin(int flags) {
      if (first) {
        key = (flags & NOT_KEY) == 0;
        first = false;
      }
    }

    private static void skip(ByteBuffer bytes, int flags, int flag, int length) {
      if ((flags & flag) != 0) {
        for (int i = 0; i < length; i++) {
          bytes.get();
        }
      }
    }
  }
}
