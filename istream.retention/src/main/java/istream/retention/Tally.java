// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.Segment;
import istream.api.retention.Deletions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Counts what goes; keeps the names of the first only, however many go. Confined to one look. */
final class Tally {
  private final List<Segment> oldest = new ArrayList<>();
  private long count;
  private long bytes;
  private long unconfirmed;
  private long unconfirmedBytes;
  private Optional<Instant> until = Optional.empty();

  void add(Condemned condemned, long freed) {
    Segment segment = condemned.segment();
    if (oldest.size() < Deletions.MOST_NAMED) {
      oldest.add(segment);
    }
    count++;
    bytes += freed;
    if (!condemned.lacking().isEmpty()) {
      unconfirmed++;
      unconfirmedBytes += freed;
    }
    until = until.filter(segment.end()::isBefore).or(() -> Optional.of(segment.end()));
  }

  long count() {
    return count;
  }

  /**
   * The sum.
   *
   * @param more whether others have to go
   */
  Deletions sum(boolean more) {
    List<Segment> named = new ArrayList<>(oldest);
    named.sort(Comparator.comparing(Segment::key));
    return new Deletions(count, bytes, named, until, more, unconfirmed, unconfirmedBytes);
  }
}
