// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WallClockTest {
  private final HandClock hand = new HandClock();
  private final WallClock clock = new WallClock(hand, hand::nanos);

  @Test
  void saysWhenAMonotonicInstantWas() {
    hand.nanos = 9_000_000_000L;
    assertEquals(HandClock.START.plusSeconds(7), clock.at(7_000_000_000L));
  }

  @Test
  void reportsAStepOnce() {
    hand.nanos = 1_000_000_000L;
    assertFalse(clock.stepped());
    hand.wallAheadNanos = -300_000_000;
    assertTrue(clock.stepped());
    assertFalse(clock.stepped());
    assertEquals(HandClock.START.plusMillis(700), clock.at(hand.nanos));
  }

  @Test
  void remembersAStepThatAtSawFirst() {
    hand.wallAheadNanos = Duration.ofDays(365 * 56).toNanos();
    clock.at(0);
    assertTrue(clock.stepped());
  }

  @Test
  void followsSlowCorrectionWithoutCallingItAStep() {
    for (int second = 1; second <= 3600; second++) {
      hand.nanos = second * 1_000_000_000L;
      hand.wallAheadNanos = second * 400_000L; // 400 ppm
      assertFalse(clock.stepped());
    }
    assertEquals(HandClock.START.plusMillis(3_601_440), clock.at(hand.nanos));
  }

  @Test
  void fastCorrectionBecomesAStep() {
    boolean stepped = false;
    for (int tick = 1; tick <= 200; tick++) {
      hand.nanos = tick * 50_000_000L;
      hand.wallAheadNanos = tick * 4_000_000L; // 8 %
      stepped |= clock.stepped();
    }
    assertTrue(stepped);
  }
}
