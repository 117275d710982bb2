// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.util.concurrent.TimeUnit;

/** How fast a link carries what is written, and how much should go in one piece. */
final class Pace {
  /** Least that every server takes in one request. */
  static final int LEAST = 32 << 10;

  /** Most that OpenSSH takes. */
  static final int MOST = 255 << 10;

  private static final double SECONDS_PER_PIECE = 0.3;
  private static final long ENOUGH_BYTES = 64 << 10;
  private static final long ENOUGH_TIME = TimeUnit.MILLISECONDS.toNanos(300);

  private long since;
  private long bytes;
  private int piece = LEAST;

  /** Something is sent, and nothing was under way. */
  void begin(long now) {
    since = now;
    bytes = 0;
  }

  /** So much was taken. */
  void answered(int taken, long now, boolean idle) {
    bytes += taken;
    long time = Math.max(1, now - since);
    if (bytes >= ENOUGH_BYTES && (idle || time >= ENOUGH_TIME)) {
      double perSecond = bytes * 1e9 / time;
      piece = (int) Math.max(LEAST, Math.min(MOST, perSecond * SECONDS_PER_PIECE));
      begin(now);
    } else if (time > 4 * ENOUGH_TIME && bytes < ENOUGH_BYTES) {
      piece = LEAST;
    }
  }

  int pieceBytes() {
    return piece;
  }
}
