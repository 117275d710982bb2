// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.media.Frame;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final double FRAME = 0.04;

  private final Pace pace = new Pace();

  @Test
  void realTimeIsNotTooFastHoweverLong() {
    assertFalse(run(0, 0, 3 * 3600, 1.0005), "a clock that is fast by half a thousandth");
  }

  @Test
  void theBurstOfThePastAtTheBeginIsTaken() {
    pace.runBegins(frame(0, 0));
    for (double media = 0; media < 9; media += FRAME) {
      assertFalse(pace.tooFast(frame(media, 0.1), false));
    }
    assertTrue(pace.hasty(), "its times do not stand yet");
    for (double media = 9; media < 30; media += FRAME) {
      assertFalse(pace.tooFast(frame(media, media - 8.4), true));
    }
    assertFalse(pace.tooFast(frame(30.04, 25), true), "a hold-up");
    assertFalse(pace.tooFast(frame(33, 25), true), "and what it held up");
  }

  @Test
  void aFloodIsNoticedTwoSecondsAhead() {
    assertFalse(run(0, 0, 10, 1));
    assertFalse(pace.tooFast(frame(11.8, 10.01), true));
    assertTrue(pace.tooFast(frame(12.2, 10.02), true));
  }

  @Test
  void aFloodThatIsTornIntoShortRunsIsNoticed() {
    boolean noticed = false;
    for (int i = 0; i < 16; i++) {
      pace.runBegins(frame(i * 100, i * 0.01));
      noticed |= pace.tooFast(frame(i * 100 + 2, i * 0.01), false);
    }
    assertTrue(noticed);
  }

  @Test
  void aJumpOfTheCamerasClockIsNoFlood() {
    assertFalse(run(0, 0, 10, 1));
    assertFalse(run(100_000, 10, 10, 1));
  }

  private boolean run(double media, double arrival, double seconds, double speed) {
    pace.runBegins(frame(media, arrival));
    boolean tooFast = false;
    for (double passed = 0; passed < seconds; passed += FRAME) {
      tooFast |= pace.tooFast(frame(media + passed * speed, arrival + passed), passed > 0.5);
    }
    return tooFast;
  }

  private static Frame frame(double media, double arrival) {
    return new Frame(Math.round(media * 90_000), 0, true, false, null, Math.round(arrival * 1e9));
  }
}
