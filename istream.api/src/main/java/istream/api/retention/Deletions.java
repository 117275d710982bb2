// SPDX-License-Identifier: Apache-2.0
package istream.api.retention;

import istream.api.footage.Segment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Segments that go, or went; never an open one. There may be any number, so only the first are
 * named.
 *
 * @param count how many there are
 * @param bytes of all
 * @param oldest the first of them, at most {@value #MOST_NAMED}, oldest first
 * @param until end of the newest; empty if there are none
 * @param more whether others have to go at the next look, which follows by itself
 * @param unconfirmed how many of them a replica has not all of
 * @param unconfirmedBytes of those
 */
public record Deletions(
    long count,
    long bytes,
    List<Segment> oldest,
    Optional<Instant> until,
    boolean more,
    long unconfirmed,
    long unconfirmedBytes) {
  /** Most segments that are named. */
  public static final int MOST_NAMED = 100;

  /** Nothing goes. */
  public static final Deletions NONE =
      new Deletions(0, 0, List.of(), Optional.empty(), false, 0, 0);

  /** Keeps a copy of the list. */
  public Deletions {
    oldest = List.copyOf(oldest);
  }
}
