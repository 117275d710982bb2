// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A replication at one moment.
 *
 * @param storage the replica's id
 * @param source id of the storage that is copied
 * @param connected whether it is connected
 * @param problem why it does not do its work, with the next step; empty if it does
 * @param cameras each camera of the source with footage
 */
public record ReplicationStatus(
    String storage, String source, boolean connected, String problem, List<Progress> cameras) {
  /** Keeps a copy of the list. */
  public ReplicationStatus {
    cameras = List.copyOf(cameras);
  }

  /**
   * How far the copy of a camera's footage is.
   *
   * @param camera the camera's id
   * @param durableUntil end of the newest frame that is durable on the replica; empty if that is
   *     not known yet
   * @param atRisk from there to the end of the newest frame recorded; empty if that is not known
   * @param backlogBytes recorded and not yet durable on the replica
   * @param counted whether the backlog is counted to its end; else it may be more
   */
  public record Progress(
      String camera,
      Optional<Instant> durableUntil,
      Optional<Duration> atRisk,
      long backlogBytes,
      boolean counted) {}
}
