// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An alarm that is raised above 5 s and over below 1.5 s. */
final class RiskWatchTest {
  private final Books books =
      new Books(
          new Heads(),
          new HourLedger(),
          new Horizon(Path.of("none"), () -> 0),
          new Risk(),
          new Alarms("offsite"));
  private final RiskWatch watch = new RiskWatch("offsite", books, () -> 0);

  private boolean high(long writtenMillis, long durableMillis) {
    books.risk().written("front", Bench.START.plusMillis(writtenMillis));
    books.risk().durable("front", Bench.START.plusMillis(durableMillis));
    watch.look();
    return watch.high("front");
  }

  @Test
  void itHasTwoLimits() {
    assertFalse(high(5_000, 0));
    assertTrue(high(5_500, 0));
    assertTrue(high(8_000, 6_000));
    assertTrue(high(8_000, 6_500));
    assertFalse(high(8_000, 6_501));
    assertFalse(high(11_501, 6_501));
  }

  @Test
  void itIsNeverNegative() {
    assertFalse(high(1_000, 3_000));
    assertEquals(Optional.of(Duration.ZERO), books.risk().of("front"));
  }
}
