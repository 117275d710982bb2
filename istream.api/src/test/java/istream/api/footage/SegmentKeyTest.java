// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentKeyTest {
  private static final SegmentKey KEY =
      new SegmentKey("front_2", Instant.parse("2026-03-01T07:08:09.012345Z"));

  @Test
  void theNameSaysCameraAndInstant() {
    assertEquals("front_2/2026-03-01/07/front_2_20260301T070809.012Z.mp4", KEY.path());
  }

  @Test
  void theNameIsReadBack() {
    assertEquals(Optional.of(KEY), SegmentKey.parse(KEY.fileName()));
  }

  @Test
  void otherFilesAreNoSegments() {
    for (String name :
        new String[] {"", "gaps.jsonl", "front.mp4", "_20260301T070809.012Z.mp4", "a_b.mp4"}) {
      assertEquals(Optional.empty(), SegmentKey.parse(name), name);
    }
  }

  @Test
  void namesSortByTime() {
    SegmentKey later = new SegmentKey("a", KEY.start().plusMillis(1));
    assertTrue(KEY.compareTo(later) < 0);
  }

  @Test
  void anIdThatLeavesTheDirectoryIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SegmentKey("../etc", Instant.EPOCH));
  }
}
