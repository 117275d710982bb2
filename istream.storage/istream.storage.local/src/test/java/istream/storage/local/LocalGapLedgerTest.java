// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.SegmentQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No gap that reaches into the time asked for is hidden, and old days are not read for nothing. */
final class LocalGapLedgerTest {
  @TempDir Path data;
  private final ObservedDisk disk = new ObservedDisk();
  private final List<String> opened = new ArrayList<>();
  private LocalStorage storage;

  @BeforeEach
  void open() {
    LocalSettings settings = LocalSettings.of(Map.of("service.pid", "x~archive"), disk.path(data));
    storage =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, () -> Long.MAX_VALUE / 2);
    disk.watch(
        (operation, file) -> {
          if (operation.equals("open") && file.endsWith("gaps.jsonl")) {
            opened.add(file.getParent().getFileName().toString());
          }
        });
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private static Instant day(int number) {
    return Instant.parse("2026-03-01T12:00:00Z").plusSeconds(86_400L * number);
  }

  private Gap record(Instant from, Instant to) throws FootageException {
    Gap gap = new Gap("front", from, Optional.ofNullable(to), GapCause.NETWORK, "");
    storage.ledger().record(gap);
    return gap;
  }

  private List<Gap> gaps(Instant from, Instant to) throws FootageException {
    return storage.ledger().gaps(new SegmentQuery("front", from, to));
  }

  @Test
  void aGapIsNotHiddenByALaterOneThatOverlapsIt() throws Exception {
    Gap years = record(day(0), day(20));
    Gap lasting = record(day(1), null);
    record(day(2), day(2).plusSeconds(9));
    record(day(5), day(6));
    assertEquals(List.of(years, lasting), gaps(day(10), day(11)));
    assertEquals(List.of(years, lasting), gaps(day(10), day(11)), "nor when asked again");
    assertEquals(List.of(lasting), gaps(day(30), Instant.MAX));
  }

  @Test
  void aGapThatTurnsOutToLastIsFoundInADayThatWasReadBefore() throws Exception {
    Gap first = record(day(0), day(0).plusSeconds(9));
    assertEquals(List.of(), gaps(day(10), day(11)));
    Gap second = record(day(0).plusSeconds(60), null);
    assertEquals(List.of(second), gaps(day(10), day(11)));
    assertEquals(List.of(first, second), gaps(Instant.MIN, Instant.MAX));
  }

  @Test
  void daysWithoutAGapOfInterestAreReadOnce() throws Exception {
    for (int number = 0; number < 30; number++) {
      record(day(number), day(number).plusSeconds(9));
    }
    Gap newest = record(day(30), null);
    assertEquals(List.of(newest), gaps(day(30), Instant.MAX));
    opened.clear();
    assertEquals(List.of(newest), gaps(day(30), Instant.MAX));
    assertEquals(List.of("2026-03-31"), opened);
  }
}
