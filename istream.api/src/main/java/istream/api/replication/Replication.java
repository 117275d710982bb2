// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import istream.api.footage.SegmentKey;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The replication of one storage to one replica: one service for each replica, with its {@link
 * istream.api.footage.FootageStore#STORAGE_ID}. Any thread may ask, as often as it likes; nothing
 * blocks.
 */
@ProviderType
public interface Replication {
  /** The replica's id. */
  String id();

  /** How it goes. */
  ReplicationStatus status();

  /** Whether all of a closed segment is known to be durable on the replica. */
  boolean confirmed(SegmentKey key);

  /**
   * Where looking for confirmed segments may go on, so that a long backlog need not be asked for
   * one by one: before it, from {@code from} on, none is confirmed.
   *
   * @param camera an id, or empty for all
   * @return {@code from} or later; {@link Instant#MAX} if none is confirmed
   */
  Instant nextConfirmed(String camera, Instant from);
}
