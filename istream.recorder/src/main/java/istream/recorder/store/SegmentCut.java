// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * When a segment is long enough. The first one of a run is shortened by a share that depends on the
 * camera, so that cameras that start together do not all open a new file in the same second.
 */
final class SegmentCut {
  private final Duration length;
  private final Duration first;
  private Instant due = Instant.MAX;

  SegmentCut(String camera, Duration length) {
    this.length = length;
    int phase = new SplittableRandom(camera.hashCode()).nextInt(1000);
    first = length.minus(length.dividedBy(2).multipliedBy(phase).dividedBy(1000));
  }

  /** A run starts: so does its first segment. */
  void runStarts(Instant start) {
    due = start.plus(first);
  }

  /** Whether a key frame at this instant starts the next segment. */
  boolean isDue(Instant keyFrame) {
    return !keyFrame.isBefore(due);
  }

  /** The next segment has started: the one after it is due a length later than planned. */
  void done(Instant keyFrame) {
    due = due.plus(length);
    if (!due.isAfter(keyFrame)) {
      due = keyFrame.plus(length);
    }
  }
}
