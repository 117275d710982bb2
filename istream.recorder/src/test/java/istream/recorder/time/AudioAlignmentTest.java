// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AudioAlignmentTest {
  private static final long MS = 1_000_000;

  private final AudioAlignment alignment = new AudioAlignment(new TickRate(8000));

  /** Both tracks run from time 0, audio from tick 5000; each arrives after a delay of its own. */
  private void stream(int millis, long videoDelay, long audioDelay) {
    for (int at = 0; at < millis; at += 20) {
      alignment.video(at * 90L, (at + videoDelay + at % 7) * MS);
      alignment.audio(5000 + at * 8L, (at + audioDelay + at % 3) * MS);
    }
  }

  @Test
  void leastDelayedFramesBelongTogether() {
    stream(1000, 100, 100);
    assertTrue(alignment.settled(1100 * MS));
    assertEquals(800, alignment.place(5800));
  }

  @Test
  void waitsForHalfASecondOfAudio() {
    stream(300, 100, 100);
    assertFalse(alignment.settled(400 * MS));
  }

  @Test
  void senderReportsCountMoreThanArrivals() {
    stream(1000, 100, 300);
    alignment.videoReport(45_000, 70_000_500 * MS);
    alignment.audioReport(9000, 70_000_500 * MS);
    assertEquals(800, alignment.place(5800));
  }

  @Test
  void senderReportsThatCannotBeTrueDoNotCount() {
    stream(1000, 100, 100);
    alignment.videoReport(45_000, 70_000_500 * MS);
    alignment.audioReport(9000, 90_000_500 * MS);
    assertEquals(800, alignment.place(5800));
  }

  @Test
  void correctsByNoMoreThanFiveHundredPartsPerMillion() {
    stream(1000, 100, 300);
    long last = alignment.place(5000);
    assertEquals(1600, last); // by arrivals, 200 ms late
    alignment.videoReport(45_000, 70_000_500 * MS);
    alignment.audioReport(9000, 70_000_500 * MS);
    for (long at = 160; at <= 8000 * 600; at += 160) {
      long next = alignment.place(5000 + at);
      assertTrue(next - last >= 159 && next - last <= 161, "jumps by " + (next - last));
      last = next;
    }
    assertEquals(8000.0 * 600, (double) last, 8 * 20);
  }

  @Test
  void longStreamsDoNotOverflow() {
    long year = 365L * 86_400;
    TickRate rate = new TickRate(48_000);
    assertEquals(year * 1_000_000_000L, rate.nanos(year * 48_000));
    assertEquals(year * 48_000, rate.ticks(year * 1_000_000_000L));
    assertEquals(-24_000, rate.ticks(rate.nanos(-24_000)));
  }
}
