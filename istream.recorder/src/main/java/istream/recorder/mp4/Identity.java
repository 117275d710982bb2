// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.api.configuration.Identifier;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What a file of footage says of itself. Two files are contiguous when the run is the same and the
 * numbers follow.
 *
 * @param camera the camera's id
 * @param run the unbroken stretch of recording that the file belongs to
 * @param number of the file within the run, from 0
 * @param runStart wall clock of the run's first frame; kept in whole microseconds
 */
public record Identity(String camera, UUID run, int number, Instant runStart) {
  /** Refuses an id that cannot name a directory, a negative number, and null. */
  public Identity {
    Identifier.require(camera);
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(runStart, "runStart");
    if (number < 0) {
      throw new IllegalArgumentException("file number " + number + " of a run is negative");
    }
  }
}
