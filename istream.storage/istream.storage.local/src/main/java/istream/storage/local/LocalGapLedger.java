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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gaps as lines of JSON beside the footage: {@code <camera>/<yyyy-MM-dd>/gaps.jsonl}, in the day
 * that a gap begins. Any thread.
 */
final class LocalGapLedger implements GapLedger {
  private final Equipment equipment;
  private final Volume volume;

  /**
   * How far the gaps of each day reach, where it has been read: most old days need not be again.
   */
  private final Map<String, Instant> reach = new HashMap<>();

  LocalGapLedger(Equipment equipment, Volume volume) {
    this.equipment = equipment;
    this.volume = volume;
  }

  @Override
  public synchronized void record(Gap gap) throws FootageException {
    volume.require();
    try {
      reach.remove(gap.camera() + "/" + FootageTree.dayOf(gap.from()));
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

  private void collect(String camera, SegmentQuery query, List<Gap> found) throws IOException {
    for (String day : equipment.tree().days(camera)) {
      if (day.compareTo(FootageTree.dayOf(query.to())) <= 0) {
        read(camera, day, query).stream().filter(gap -> overlaps(gap, query)).forEach(found::add);
      }
    }
  }

  /** A gap lies in the day that it begins, and may reach far beyond it. */
  private synchronized List<Gap> read(String camera, String day, SegmentQuery query)
      throws IOException {
    boolean before = day.compareTo(FootageTree.dayOf(query.from())) < 0;
    String name = camera + "/" + day;
    if (before && !reach.getOrDefault(name, Instant.MAX).isAfter(query.from())) {
      return List.of();
    }
    List<Gap> gaps = equipment.tree().gaps(camera, day).read();
    reach.put(name, GapFile.reach(gaps));
    return gaps;
  }

  private static boolean overlaps(Gap gap, SegmentQuery query) {
    return gap.from().isBefore(query.to())
        && gap.to().map(to -> to.isAfter(query.from())).orElse(true);
  }
}
