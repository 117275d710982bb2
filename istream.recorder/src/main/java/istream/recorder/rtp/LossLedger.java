// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.FrameSink;

/** Counts what a track lost, tells the sink, and remembers it until the next frame. */
final class LossLedger {
  private final int track;
  private final FrameSink sink;
  private long total;
  private boolean pending;

  LossLedger(int track, FrameSink sink) {
    this.track = track;
    this.sink = sink;
  }

  /** Packets did not arrive, or arrived and had to be dropped. */
  void lost(long packets) {
    pending = true;
    if (packets > 0) {
      total += packets;
      sink.lost(track, packets);
    }
  }

  /** Whether something was lost since this was last asked. */
  boolean take() {
    boolean taken = pending;
    pending = false;
    return taken;
  }

  long total() {
    return total;
  }
}
