// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.util.concurrent.TimeUnit;

/** How fast a link carries what is written, and how much should go in one piece. */
final class Pace {
  private static final int PACKET = 32 << 10;

  /** So that a request with its header fills whole packets of SSH: a rest costs one of its own. */
  private static final int HEADER = 128;

  /** Every server takes that in one request. */
  static final int LEAST = PACKET - HEADER;

  /** OpenSSH takes less than one packet more. */
  static final int MOST = 7 * PACKET - HEADER;

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
      long packets = (long) (perSecond * SECONDS_PER_PIECE) / PACKET;
      piece = (int) Math.max(LEAST, Math.min(MOST, packets * PACKET - HEADER));
      begin(now);
    } else if (time > 4 * ENOUGH_TIME && bytes < ENOUGH_BYTES) {
      piece = LEAST;
    }
  }

  int pieceBytes() {
    return piece;
  }
}
