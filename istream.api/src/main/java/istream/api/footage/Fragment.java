// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Duration;
import java.time.Instant;

/**
 * Index entry of a unit as it was stored.
 *
 * @param kind which part of a file it is
 * @param offset of its first byte in the file
 * @param length in bytes
 * @param start wall clock of its first frame
 * @param duration of its video
 * @param decodeTime of its first video frame, in ticks of 1/90000 s since the start of the run
 * @param key whether it begins with a key frame
 */
public record Fragment(
    Unit.Kind kind,
    long offset,
    int length,
    Instant start,
    Duration duration,
    long decodeTime,
    boolean key) {
  /** The instant after its last frame. */
  public Instant end() {
    return start.plus(duration);
  }
}
