// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentCutTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private static long firstCut(String camera, SegmentCut cut) {
    cut.runStarts(START);
    for (long second = 0; second <= 60; second++) {
      if (cut.isDue(START.plusSeconds(second))) {
        return second;
      }
    }
    throw new AssertionError(camera + " was not cut within a segment's length");
  }

  @Test
  void camerasThatStartTogetherAreCutAtDifferentTimes() {
    Set<Long> cuts = new HashSet<>();
    for (int i = 1; i <= 16; i++) {
      String camera = "camera" + i;
      long cut = firstCut(camera, new SegmentCut(camera, MINUTE));
      assertTrue(cut >= 30, "no first segment shorter than half");
      cuts.add(cut);
    }
    assertTrue(cuts.size() >= 8, "16 cameras are cut at " + cuts);
  }

  @Test
  void laterSegmentsHaveTheFullLengthWithoutDrift() {
    SegmentCut cut = new SegmentCut("front", MINUTE);
    long first = firstCut("front", cut);
    cut.done(START.plusSeconds(first).plusMillis(900));
    assertFalse(cut.isDue(START.plusSeconds(first + 59)));
    assertTrue(cut.isDue(START.plusSeconds(first + 60).plusMillis(500)));
  }

  @Test
  void aCameraWithRareKeyFramesIsNotCutTwiceInARow() {
    SegmentCut cut = new SegmentCut("front", Duration.ofSeconds(2));
    cut.runStarts(START);
    Instant late = START.plusSeconds(20);
    assertTrue(cut.isDue(late));
    cut.done(late);
    assertFalse(cut.isDue(late.plusSeconds(1)));
  }
}
