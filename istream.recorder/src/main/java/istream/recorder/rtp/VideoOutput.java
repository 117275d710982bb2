// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.Frame;
import istream.recorder.media.FrameSink;
import istream.recorder.media.VideoFormat;

/**
 * Hands access units to the sink, and the format before the first of them and before each key frame
 * that needs another one.
 */
final class VideoOutput {
  private final int track;
  private final FrameSink sink;
  private final ParameterSets sets;
  private VideoFormat format;

  VideoOutput(int track, FrameSink sink, ParameterSets sets) {
    this.track = track;
    this.sink = sink;
    this.sets = sets;
  }

  /** Keeps a NAL unit for the format if it is a parameter set. */
  void parameterSet(byte[] nal) {
    sets.offer(nal);
  }

  /** Whether a frame is of use: nothing can be done with it before the format is known. */
  boolean ready() {
    return format != null || sets.complete();
  }

  void deliver(Frame frame) {
    if (format == null || (frame.key() && sets.changed())) {
      VideoFormat next = sets.format();
      if (!next.equals(format)) {
        format = next;
        sink.format(track, format);
      }
    }
    sink.frame(track, frame);
  }
}
