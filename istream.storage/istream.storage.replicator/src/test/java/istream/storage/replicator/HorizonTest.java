// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the replica deleted is remembered, and little is written for it. */
final class HorizonTest {
  private static final SegmentKey KEY = new SegmentKey("front", Bench.START);

  @TempDir Path data;
  private long nanos;

  private Horizon horizon() {
    Horizon horizon = new Horizon(data.resolve("replicas/offsite"), () -> nanos);
    horizon.load();
    return horizon;
  }

  @Test
  void itIsWrittenEvery10SecondsAtMost() {
    Horizon horizon = horizon();
    horizon.raise(KEY);
    horizon.saveIfDue();
    SegmentKey later = new SegmentKey("front", Bench.START.plusSeconds(60));
    horizon.raise(later);
    horizon.saveIfDue();
    assertTrue(horizon().covers(KEY));
    assertFalse(horizon().covers(later));
    nanos = Duration.ofSeconds(10).toNanos();
    horizon.saveIfDue();
    assertTrue(horizon().covers(later));
  }

  @Test
  void itNeverSinksAndConcernsOneCamera() {
    Horizon horizon = horizon();
    horizon.raise(KEY);
    horizon.raise(new SegmentKey("front", Bench.START.minusSeconds(60)));
    assertTrue(horizon.covers(KEY));
    assertFalse(horizon.covers(new SegmentKey("front", Bench.START.plusMillis(1))));
    assertFalse(horizon.covers(new SegmentKey("back", Bench.START)));
    assertTrue(horizon.reaches("", Bench.START));
    assertFalse(horizon.reaches("back", Bench.START));
  }

  @Test
  void aBrokenFileIsIgnoredAndReplaced() throws IOException {
    Path file = data.resolve("replicas/offsite");
    Files.createDirectories(file.getParent());
    for (String broken : List.of("front", "front never", "../x 2026-03-01T10:00:00Z")) {
      Files.writeString(file, broken);
      Horizon horizon = horizon();
      assertFalse(horizon.covers(KEY));
      horizon.raise(KEY);
      horizon.save();
      assertEquals(List.of("front 2026-03-01T10:00:00Z"), Files.readAllLines(file));
    }
  }
}
