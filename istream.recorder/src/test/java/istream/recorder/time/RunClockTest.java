// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private static final long SECOND = 90_000;

  private final HandClock hand = new HandClock();
  private final RunClock clock = new RunClock(new WallClock(hand, hand::nanos));

  private void arrive(long mediaTicks, long nanos) {
    hand.nanos = nanos;
    clock.observe(mediaTicks, nanos);
  }

  private long millis(long mediaTicks) {
    return Duration.between(HandClock.START, clock.wall(mediaTicks)).toMillis();
  }

  @Test
  void leastDelayedFrameSaysWhenTheRunBegan() {
    arrive(0, 10_300_000_000L);
    arrive(9000, 10_350_000_000L);
    arrive(18_000, 10_220_000_000L); // taken 0.2 s after the first, so that was at 10.02
    arrive(27_000, 10_500_000_000L);
    assertEquals(10_020, millis(0));
    assertEquals(12_020, millis(2 * SECOND));
  }

  @Test
  void startStandsAfterHalfASecondOfArrivals() {
    arrive(0, 1_000_000_000L);
    assertFalse(clock.settled(1_499_000_000L));
    assertTrue(clock.settled(1_500_000_000L));
    arrive(45_000, 1_600_000_000L);
    arrive(90_000, 1_600_000_000L);
    assertEquals(1_000, millis(0));
  }

  @Test
  void burstsOfSecondsDoNotMakeItJump() {
    long last = Long.MIN_VALUE;
    for (int burst = 1; burst <= 60; burst++) {
      for (int i = 0; i < 125; i++) {
        long media = ((burst - 1) * 125L + i) * 3600;
        arrive(media, burst * 5_000_000_000L + i * 100_000L);
        long now = millis(media) * 1000 - media * 1000 / 90;
        assertTrue(last == Long.MIN_VALUE || burst < 2 || Math.abs(now - last) < 5_000, "jumps");
        last = now;
      }
    }
    assertEquals(52.4, (double) millis(0), 20);
  }

  @Test
  void followsADriftingCameraClock() {
    Random random = new Random(1);
    for (int i = 0; i < 25 * 3600; i++) {
      long taken = i * 40_000_000L;
      // the camera's clock is 100 ppm fast; the network delays by up to 80 ms
      long media = Math.round(i * 3600 * 1.0001);
      arrive(media, taken + random.nextInt(80_000_000));
      if (i % 250 == 0 && i > 0) {
        assertEquals(taken / 1_000_000.0, (double) millis(media), 15);
      }
    }
  }

  @Test
  void followsAClockThatIsWorseThanAnyQuartz() {
    for (double speed : new double[] {0.996, 1.002}) {
      RunClock run = new RunClock(new WallClock(hand, hand::nanos));
      Instant last = Instant.MIN;
      for (int i = 0; i < 25 * 3600; i++) {
        long taken = i * 40_000_000L;
        hand.nanos = taken;
        long media = Math.round(i * 3600 * speed);
        run.observe(media, taken);
        assertTrue(run.wall(media).isAfter(last), "goes back at frame " + i);
        last = run.wall(media);
      }
      long off = Duration.between(HandClock.START.plusSeconds(3600), last).toMillis();
      assertTrue(Math.abs(off) < 2000, "off by " + off + " ms after an hour at " + speed);
    }
  }

  @Test
  void wallIsMonotonicWhileItBends() {
    Instant last = Instant.MIN;
    for (int i = 0; i < 25 * 120; i++) {
      arrive(i * 3600L, i * 40_000_000L + (i < 750 ? 400_000_000L : 0));
      Instant asked = clock.wall((i - 30) * 3600L); // as of a fragment that lags
      assertTrue(i < 60 || asked.isAfter(last), "goes back at frame " + i);
      last = asked;
    }
  }
}
