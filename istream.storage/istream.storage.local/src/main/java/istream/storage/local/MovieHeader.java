// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a {@code moov} box says of the video (ISO/IEC 14496-12, 8.2 to 8.8).
 *
 * @param track its number
 * @param timescale ticks per second of its times
 * @param defaultDuration of a frame, in ticks, where a fragment says nothing
 * @param defaultFlags of a frame where a fragment says nothing
 */
record MovieHeader(long track, long timescale, long defaultDuration, int defaultFlags) {
  private static final int WIDE_HEADER = 20;
  private static final int HEADER = 12;

  /** Reads the contents of a {@code moov}; the first video track counts, else the first. */
  static MovieHeader parse(ByteBuffer moov) {
    MovieHeader chosen = new MovieHeader(1, 90_000, 0, 0);
    boolean found = false;
    List<Box.Content> boxes = Box.in(moov);
    for (Box.Content box : boxes) {
      if (box.type().equals("trak") && !found) {
        Track track = track(box.bytes());
        if (track.video || chosen.track == 1) {
          chosen = new MovieHeader(track.id, Math.max(1, track.timescale), 0, 0);
        }
        found = track.video;
      }
    }
    for (Box.Content box : boxes) {
      if (box.type().equals("mvex")) {
        chosen = chosen.withDefaults(box.bytes());
      }
    }
    return chosen;
  }

  private MovieHeader withDefaults(ByteBuffer mvex) {
    for (Box.Content box : Box.in(mvex)) {
      ByteBuffer trex = box.bytes();
      if (box.type().equals("trex")
          && trex.remaining() >= 24
          && Integer.toUnsignedLong(trex.getInt(4)) == track) {
        long duration = Integer.toUnsignedLong(trex.getInt(12));
        return new MovieHeader(track, timescale, duration, trex.getInt(20));
      }
    }
    return this;
  }

  private record Track(long id, long timescale, boolean video) {}

  private static Track track(ByteBuffer trak) {
    long id = 0;
    long timescale = 0;
    boolean video = false;
    for (Box.Content box : Box.in(trak)) {
      if (box.type().equals("tkhd")) {
        id = afterTimes(box.bytes());
      } else if (box.type().equals("mdia")) {
        for (Box.Content inner : Box.in(box.bytes())) {
          if (inner.type().equals("mdhd")) {
            timescale = afterTimes(inner.bytes());
          } else if (inner.type().equals("hdlr")) {
            video = inner.bytes().getInt(8) == 0x76696465; // "vide"
          }
        }
      }
    }
    return new Track(id, timescale, video);
  }

  /** The field after creation and modification time, whose width depends on the version. */
  private static long afterTimes(ByteBuffer box) {
    return Integer.toUnsignedLong(box.getInt(box.get(0) == 1 ? WIDE_HEADER : HEADER));
  }
}
