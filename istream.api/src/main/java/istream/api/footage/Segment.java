// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Duration;
import java.time.Instant;

/**
 * A file of footage as it lies on one storage at one moment.
 *
 * @param key its name
 * @param storage the storage's id
 * @param duration from its first frame to the end of its last whole fragment
 * @param bytes its size
 * @param open whether it is still being recorded
 * @param file where it is, as the owner would address it: an absolute path on a local storage
 */
public record Segment(
    SegmentKey key, String storage, Duration duration, long bytes, boolean open, String file) {
  /** The instant after its last frame. */
  public Instant end() {
    return key.start().plus(duration);
  }
}
