// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.buffer.Payload;
import java.util.List;

/**
 * The samples of one track in one fragment, in decode order.
 *
 * @param decodeTime of the first sample, in ticks of the track since the start of the run
 * @param samples at least one
 */
record TrackRun(long decodeTime, List<Sample> samples) {
  /**
   * One sample.
   *
   * @param payload its bytes
   * @param duration in ticks of the track, at least 1
   * @param offset presentation time in the file less decode time, in ticks; hardly ever negative
   * @param key whether decoding can start with it
   */
  record Sample(Payload payload, int duration, int offset, boolean key) {}

  TrackRun {
    samples = List.copyOf(samples);
  }

  long end() {
    return decodeTime + samples.stream().mapToLong(Sample::duration).sum();
  }

  long bytes() {
    return samples.stream().mapToLong(sample -> sample.payload().size()).sum();
  }
}
