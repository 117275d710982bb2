// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StoreWatchTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Optional<Instant> stored = Optional.empty();
  private final StoreWatch watch = new StoreWatch(() -> stored);

  private String problem(long second, long madeSecond) {
    return watch.problem(nanos(second), nanos(madeSecond));
  }

  /** A monotonic clock may begin anywhere. */
  private static long nanos(long second) {
    return Long.MAX_VALUE - 5_000_000_000L + TimeUnit.SECONDS.toNanos(second);
  }

  private void store(long second) {
    stored = Optional.of(NOON.plusSeconds(second));
  }

  @Test
  void whatIsMadeAndStoredIsFine() {
    for (int second = 0; second < 60; second++) {
      store(second);
      assertEquals("", problem(second, second));
    }
  }

  @Test
  void whatIsNeverStoredIsTold() {
    for (int second = 0; second <= 11; second++) {
      assertEquals("", problem(second, second));
    }
    assertTrue(problem(12, 12).contains("nothing has been stored"));
    store(3);
    assertEquals("", problem(13, 13));
  }

  @Test
  void whatIsStoredNoMoreIsToldThoughTheCameraHasNothingNew() {
    store(0);
    assertEquals("", problem(0, 0));
    assertEquals("", problem(1, 1));
    assertEquals("", problem(11, 1));
    assertTrue(problem(12, 1).contains("nothing has been stored"));
  }

  @Test
  void aCameraThatSendsSeldomIsFine() {
    for (int second = 0; second < 600; second++) {
      int made = second - second % 30;
      store(made);
      assertEquals("", problem(second, made));
    }
  }
}
