// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Arena;
import istream.recorder.buffer.Payload;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.Frame;
import istream.recorder.media.FrameSink;

/** Hands pieces of sound to the sink, and their format at once: the description tells it whole. */
final class AudioOutput {
  private final int track;
  private final Arena arena;
  private final FrameSink sink;
  private final LossLedger losses;

  AudioOutput(int track, AudioFormat format, Arena arena, FrameSink sink, LossLedger losses) {
    this.track = track;
    this.arena = arena;
    this.sink = sink;
    this.losses = losses;
    sink.format(track, format);
  }

  Payload payload() {
    return arena.payload();
  }

  /** Something did not arrive, or had to be dropped. */
  void lost(int packets) {
    losses.lost(packets);
  }

  /** Takes the payload over. */
  void deliver(long time, int ticks, Payload payload, long arrivalNanos) {
    if (payload.failed()) {
      payload.release();
      losses.lost(1);
      return;
    }
    sink.frame(track, new Frame(time, ticks, true, losses.take(), payload, arrivalNanos));
  }
}
