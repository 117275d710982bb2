// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapLedger;
import istream.api.footage.SegmentQuery;
import java.util.List;
import java.util.TreeMap;

/** A ledger in memory that can be made to fail. */
final class MemoryLedger implements GapLedger {
  private final TreeMap<String, Gap> gaps = new TreeMap<>();
  Runnable beforeRecord = () -> {};
  boolean failing;

  @Override
  public void record(Gap gap) throws FootageException {
    beforeRecord.run();
    if (failing) {
      throw new FootageException("the ledger cannot be written", true, null);
    }
    gaps.put(gap.from() + gap.storage() + gap.camera(), gap);
  }

  @Override
  public List<Gap> gaps(SegmentQuery query) {
    return all().stream()
        .filter(gap -> gap.camera().equals(query.camera()))
        .filter(gap -> gap.from().isBefore(query.to()))
        .filter(gap -> gap.to().map(to -> to.isAfter(query.from())).orElse(true))
        .toList();
  }

  List<Gap> all() {
    return List.copyOf(gaps.values());
  }
}
