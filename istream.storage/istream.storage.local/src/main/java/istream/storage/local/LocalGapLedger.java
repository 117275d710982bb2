// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapLedger;
import istream.api.footage.SegmentQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gaps as lines of JSON beside the footage: {@code <camera>/<yyyy-MM-dd>/gaps.jsonl}, in the day
 * that a gap begins. Any thread.
 */
final class LocalGapLedger implements GapLedger {
  private final Equipment equipment;
  private final Volume volume;

  LocalGapLedger(Equipment equipment, Volume volume) {
    this.equipment = equipment;
    this.volume = volume;
  }

  @Override
  public void record(Gap gap) throws FootageException {
    volume.require();
    try {
      equipment.tree().record(gap);
    } catch (IOException e) {
      throw equipment
          .health()
          .retryable("writing a gap of " + gap.camera() + " down failed: " + e, e);
    }
  }

  @Override
  public List<Gap> gaps(SegmentQuery query) throws FootageException {
    volume.require();
    try {
      List<String> cameras =
          query.camera().isEmpty() ? equipment.tree().cameras() : List.of(query.camera());
      List<Gap> found = new ArrayList<>();
      for (String camera : cameras) {
        collect(camera, query, found);
      }
      found.sort(Comparator.comparing(Gap::from).thenComparing(Gap::camera));
      return List.copyOf(found);
    } catch (IOException e) {
      throw equipment.health().retryable("reading the gaps failed: " + e + "; check the disk", e);
    }
  }

  /**
   * Newest day first; gaps of one camera do not overlap, so of those that begin before the day of
   * interest only the newest can reach into it.
   */
  private void collect(String camera, SegmentQuery query, List<Gap> found) throws IOException {
    List<String> days = equipment.tree().days(camera);
    for (int d = days.size() - 1; d >= 0; d--) {
      List<Gap> gaps = equipment.tree().gaps(camera, days.get(d)).read();
      gaps.stream().filter(gap -> overlaps(gap, query)).forEach(found::add);
      boolean before =
          !query.from().equals(Instant.MIN)
              && days.get(d).compareTo(FootageTree.dayOf(query.from())) < 0;
      if (before && !gaps.isEmpty()) {
        return;
      }
    }
  }

  private static boolean overlaps(Gap gap, SegmentQuery query) {
    return gap.from().isBefore(query.to())
        && gap.to().map(to -> to.isAfter(query.from())).orElse(true);
  }
}
