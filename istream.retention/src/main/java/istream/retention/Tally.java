// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.Segment;
import istream.api.retention.Deletions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what goes; keeps the names of the first only, however many go. Confined to one look. */
final class Tally {
  private final List<Segment> oldest = new ArrayList<>();
  private long count;
  private long bytes;
  private Optional<Instant> until = Optional.empty();

  void add(Segment segment, long freed) {
    if (oldest.size() < Deletions.MOST_NAMED) {
      oldest.add(segment);
    }
    count++;
    bytes += freed;
    until = Optional.of(segment.end());
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
    return new Deletions(count, bytes, oldest, until, more);
  }
}
