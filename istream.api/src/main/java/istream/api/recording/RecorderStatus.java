// SPDX-License-Identifier: Apache-2.0
package istream.api.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recorder at one moment.
 *
 * @param camera the camera's id
 * @param state what it is doing
 * @param reason why, for a person; empty while recording as it should
 * @param since since when it is in this state
 * @param bitsPerSecond stored over the last some ten seconds
 * @param framesPerSecond video frames stored over the same time
 * @param lastRecorded end of the newest frame handed to the archive
 * @param lastDurable end of the newest frame that survives a power cut
 * @param notes what a user should know: audio left out and why, packets lost, clock off
 */
public record RecorderStatus(
    String camera,
    RecorderState state,
    String reason,
    Instant since,
    long bitsPerSecond,
    double framesPerSecond,
    Optional<Instant> lastRecorded,
    Optional<Instant> lastDurable,
    List<String> notes) {
  /** Keeps a copy of the notes. */
  public RecorderStatus {
    notes = List.copyOf(notes);
  }
}
