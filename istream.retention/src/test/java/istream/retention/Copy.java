// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaSession;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaTerms;
import istream.api.replication.Replication;
import istream.api.replication.ReplicationStatus;
import istream.api.replication.ReplicationStatus.Progress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A replica and its replication, in memory. */
final class Copy implements Replication, ReplicaStore {
  final Set<SegmentKey> confirmed = new HashSet<>();
  String namedSource = "archive";
  boolean connected = true;
  boolean counted = true;
  int asked;
  private final String id;

  Copy(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ReplicaTerms terms() {
    return new ReplicaTerms(namedSource, true, OptionalLong.empty(), 2);
  }

  @Override
  public ReplicaSession connect() throws ReplicaException {
    throw new ReplicaException(ReplicaException.Kind.LINK, "nobody there", null);
  }

  @Override
  public ReplicationStatus status() {
    Progress progress = new Progress("front", Optional.empty(), Optional.empty(), 0, counted);
    return new ReplicationStatus(id, "archive", connected, "", List.of(progress));
  }

  @Override
  public boolean confirmed(SegmentKey key) {
    asked++;
    return confirmed.contains(key);
  }

  @Override
  public Instant nextConfirmed(String camera, Instant from) {
    return confirmed.stream()
        .filter(key -> camera.isEmpty() || key.camera().equals(camera))
        .map(SegmentKey::start)
        .filter(start -> !start.isBefore(from))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}
