// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.SegmentKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is counted while things change. */
class RemoteIndexTest {
  private static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");
  private static final SegmentKey OLD = new SegmentKey("front", HOUR);
  private static final SegmentKey NEW = new SegmentKey("front", HOUR.plusSeconds(60));

  private final RemoteIndex index = new RemoteIndex();

  @Test
  void nothingIsSaidBeforeAllIsCounted() {
    index.listed(Map.of(OLD, 100L));
    assertEquals(OptionalLong.empty(), index.bytes(""));
    index.complete();
    assertEquals(OptionalLong.of(100), index.bytes(""));
    assertEquals(List.of(HOUR), index.hours("front"));
  }

  @Test
  void whatIsSentWhileItIsCountedCountsOnce() {
    index.opened(NEW, 0);
    index.grew(NEW, 70);
    index.listed(Map.of(OLD, 100L, NEW, 40L));
    index.grew(NEW, 5);
    index.complete();
    assertEquals(OptionalLong.of(175), index.bytes("front"));
  }

  @Test
  void whatIsDeletedBeforeItIsListedNeverCounts() {
    index.deleted(OLD, 100);
    index.listed(Map.of(OLD, 100L, NEW, 40L));
    index.complete();
    assertEquals(OptionalLong.of(40), index.bytes(""));
    index.deleted(NEW, 40);
    assertEquals(OptionalLong.of(0), index.bytes(""));
    assertEquals(List.of(), index.hours("front"));
  }

  @Test
  void whatIsBegunAgainCountsOnce() {
    index.complete();
    index.opened(NEW, 0);
    index.grew(NEW, 70);
    index.opened(NEW, 0);
    index.grew(NEW, 90);
    index.opened(NEW, 60);
    assertEquals(OptionalLong.of(60), index.bytes(""));
    index.deleted(NEW, 60);
    assertEquals(OptionalLong.of(0), index.bytes(""));
  }
}
