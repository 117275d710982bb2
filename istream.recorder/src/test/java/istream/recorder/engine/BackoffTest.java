// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  @Test
  void theFirstFailureIsMetAtOnceAndNoneWaitsLongerThanFifteenSeconds() {
    assertEquals(0, backoff.failed());
    long before = 0;
    for (int i = 0; i < 20; i++) {
      long wait = backoff.failed();
      assertTrue(wait <= Backoff.MOST_NANOS, "waits " + wait);
      assertTrue(wait > 0 && wait >= before / 2, "grows, but for the jitter");
      before = wait;
    }
    assertTrue(before > TimeUnit.SECONDS.toNanos(10), "has grown");
    backoff.succeeded();
    assertEquals(0, backoff.failed());
  }

  @Test
  void anUnreachableCameraIsTriedAboutTwiceASecondForEver() {
    for (int i = 0; i < 100; i++) {
      long wait = backoff.unreachable();
      assertTrue(wait > TimeUnit.MILLISECONDS.toNanos(300), "no storm: " + wait);
      assertTrue(wait <= TimeUnit.MILLISECONDS.toNanos(500), "back within a second: " + wait);
    }
  }
}
