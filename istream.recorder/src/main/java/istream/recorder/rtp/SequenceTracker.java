// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

/** Follows the 16-bit sequence numbers of a source and tells loss, repetition and restart apart. */
final class SequenceTracker {
  /** The packet was there before. */
  static final int DUPLICATE = -1;

  /** The sequence starts anew: how much was lost cannot be told. */
  static final int RESTART = -2;

  private static final int MOST_LOST = 3000;
  private static final int MOST_BEHIND = 16;

  private boolean started;
  private long highest;

  /** How many packets are missing before this one, or {@link #DUPLICATE}, or {@link #RESTART}. */
  int next(int sequence) {
    if (!started) {
      started = true;
      highest = sequence;
      return 0;
    }
    int ahead = (short) (sequence - (int) highest);
    if (ahead <= 0 && ahead >= -MOST_BEHIND) {
      return DUPLICATE;
    }
    if (ahead < 0 || ahead > MOST_LOST) {
      highest = (highest & ~0xffffL) + 0x10000 + sequence;
      return RESTART;
    }
    highest += ahead;
    return ahead - 1;
  }

  /** Begins with another source. */
  void forget() {
    started = false;
  }

  /** The highest sequence number with its cycles above the lowest 16 bits. */
  int extended() {
    return (int) highest;
  }
}
