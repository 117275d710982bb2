// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapLedger;
import istream.api.footage.SegmentQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How much was recorded nowhere in a time, by camera, over all ledgers. */
final class GapTally {
  private final List<Gap> gaps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Instant from;
  private final Instant to;

  /**
   * What is missing of one camera.
   *
   * @param count gaps that touch the time
   * @param total their length within the time; what overlaps counts once
   */
  record Sum(int count, Duration total) {}

  GapTally(List<GapLedger> ledgers, Instant from, Instant to) {
    this.from = from;
    this.to = to;
    for (GapLedger ledger : ledgers) {
      try {
        ledger.gaps(new SegmentQuery("", from, to)).stream()
            .filter(gap -> gap.storage().isEmpty())
            .forEach(gaps::add);
      } catch (FootageException e) {
        problems.add(e.getMessage());
      }
    }
    if (ledgers.isEmpty()) {
      problems.add("no storage is active, so gaps are not known");
    }
    gaps.sort(Comparator.comparing(Gap::from));
  }

  /** Why gaps are not known; empty if they are. */
  List<String> problems() {
    return problems;
  }

  /** What is missing of the camera; empty if that cannot be told. */
  Optional<Sum> of(String camera) {
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    int count = 0;
    Duration total = Duration.ZERO;
    Instant counted = from;
    for (Gap gap : gaps) {
      if (gap.camera().equals(camera)) {
        count++;
        Instant begin = gap.from().isAfter(counted) ? gap.from() : counted;
        Instant end = gap.to().filter(to::isAfter).orElse(to);
        if (end.isAfter(begin)) {
          total = total.plus(Duration.between(begin, end));
          counted = end;
        }
      }
    }
    return Optional.of(new Sum(count, total));
  }
}
