// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.SegmentKey;
import istream.api.replication.Replication;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the replicas of a storage have of it, at one look.
 *
 * @param replicas ids of all, those included that do not answer
 * @param answering those that can be asked; the others confirm nothing
 * @param awaited whether one of them will know more within moments
 */
record Copies(List<String> replicas, Map<String, Replication> answering, boolean awaited) {
  /** Of a storage without replicas: nothing has to be waited for. */
  static final Copies NONE = new Copies(List.of(), Map.of(), false);

  /** Keeps copies. */
  Copies {
    replicas = List.copyOf(replicas);
    answering = Map.copyOf(answering);
  }

  /** Replicas that have not confirmed a segment. */
  List<String> lacking(SegmentKey key) {
    return replicas.stream().filter(id -> !confirms(id, key)).toList();
  }

  private boolean confirms(String id, SegmentKey key) {
    Replication replication = answering.get(id);
    return replication != null && replication.confirmed(key);
  }

  /** Before it, from {@code from} on, no segment is confirmed by all. */
  Instant nextConfirmed(String camera, Instant from) {
    if (answering.size() < replicas.size()) {
      return Instant.MAX;
    }
    Instant next = from;
    for (Replication replication : answering.values()) {
      if (next.isBefore(Instant.MAX)) {
        Instant theirs = replication.nextConfirmed(camera, next);
        next = theirs.isAfter(next) ? theirs : next;
      }
    }
    return next;
  }
}
