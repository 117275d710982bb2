// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.GapCause;
import istream.api.footage.Segment;
import istream.api.footage.SegmentQuery;
import istream.api.retention.Deletions;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses what goes: the oldest closed segments, first those that are too old, then those that all
 * replicas have, and only when that does not do, the others. Confined to one look.
 */
final class Look {
  /** What is done with a segment that has to go; returns the bytes it frees. */
  interface Deed {
    long apply(FootageStore store, Condemned condemned) throws FootageException;
  }

  /** How far one walks before asking anew from where on something is confirmed. */
  private static final Duration STEP = Duration.ofHours(1);

  private final FootageStore store;
  private final String camera;
  private final Excess excess;
  private final Copies copies;
  private final Deed deed;
  private final long most;
  private final Tally gone = new Tally();
  private boolean more;
  private String problem = "";

  /**
   * Makes a look.
   *
   * @param camera whose footage; empty for all
   * @param most deletions
   */
  Look(FootageStore store, String camera, Excess excess, Copies copies, Deed deed, long most) {
    this.store = store;
    this.camera = camera;
    this.excess = excess;
    this.copies = copies;
    this.deed = deed;
    this.most = most;
  }

  /**
   * Does it.
   *
   * @return why one could not be deleted; empty if all could
   */
  String run() throws FootageException {
    removeOld();
    Instant from = copies.nextConfirmed(camera, Instant.EPOCH);
    while (wantsMore() && from.isBefore(Instant.MAX)) {
      from = removeConfirmed(from);
    }
    if (!copies.awaited() || excess.isUrgent()) {
      removeUnconfirmed();
    }
    return problem;
  }

  /** What went. */
  Deletions deletions() {
    return gone.sum(more);
  }

  private boolean wantsMore() {
    return excess.isShort() && !more;
  }

  private Stream<Segment> closed(Instant from) throws FootageException {
    return store
        .list(new SegmentQuery(camera, from, Instant.MAX))
        .filter(segment -> !segment.open());
  }

  private void removeOld() throws FootageException {
    if (!excess.countsAge()) {
      return;
    }
    try (Stream<Segment> segments = closed(Instant.MIN)) {
      Iterator<Segment> oldestFirst = segments.iterator();
      while (!more && oldestFirst.hasNext()) {
        Segment segment = oldestFirst.next();
        if (!excess.isOld(segment)) {
          return;
        }
        remove(new Condemned(segment, copies.lacking(segment.key()), GapCause.OPERATOR));
      }
    }
  }

  /** Returns from where on to look next: a long backlog is passed over, not walked. */
  private Instant removeConfirmed(Instant from) throws FootageException {
    try (Stream<Segment> segments = closed(from)) {
      Iterator<Segment> oldestFirst = segments.iterator();
      while (wantsMore() && oldestFirst.hasNext()) {
        Segment segment = oldestFirst.next();
        if (excess.isOld(segment)) {
          continue; // had its turn
        }
        if (copies.lacking(segment.key()).isEmpty()) {
          remove(new Condemned(segment, List.of(), GapCause.NETWORK));
          continue;
        }
        Instant start = segment.key().start();
        Instant next = copies.nextConfirmed(camera, start);
        if (next.isAfter(start.plus(STEP)) && next.isAfter(from)) {
          return next;
        }
      }
    }
    return Instant.MAX;
  }

  private void removeUnconfirmed() throws FootageException {
    if (copies.replicas().isEmpty() || !wantsMore()) {
      return;
    }
    try (Stream<Segment> segments = closed(Instant.MIN)) {
      Iterator<Segment> oldestFirst = segments.iterator();
      while (wantsMore() && oldestFirst.hasNext()) {
        Segment segment = oldestFirst.next();
        List<String> lacking = copies.lacking(segment.key());
        if (!excess.isOld(segment) && !lacking.isEmpty()) {
          remove(new Condemned(segment, lacking, GapCause.NETWORK));
        }
      }
    }
  }

  private void remove(Condemned condemned) {
    if (gone.count() == most) {
      more = true;
      return;
    }
    try {
      long freed = deed.apply(store, condemned);
      excess.freed(freed);
      gone.add(condemned, freed);
    } catch (FootageException e) {
      problem = e.getMessage();
    }
  }
}
