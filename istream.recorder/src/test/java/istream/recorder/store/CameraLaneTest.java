// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static istream.recorder.store.Footage.NOON;
import static istream.recorder.store.Footage.fragment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CameraLaneTest {
  private final MemoryArchive archive = new MemoryArchive();
  private final FootageQueue queue = new FootageQueue(() -> 1000, () -> {});
  private final Throughput throughput = new Throughput(() -> 0);
  private final CameraLane lane =
      new CameraLane("front", Duration.ofSeconds(10), queue, throughput, () -> 0);
  private Storage storage = new Storage(archive, archive, archive);

  private void begin() {
    queue.tell(Footage.runStart());
  }

  private void offer(double from, double to) {
    for (double second = from; second < to; second++) {
      assertTrue(queue.offer(fragment(second, second % 2 == 0)), "the queue took second " + second);
      assertTrue(lane.drain(storage), lane.problem());
    }
  }

  @Test
  void cutsAtKeyFramesAndLosesNothing() {
    begin();
    offer(0, 60);
    List<Unit> units = archive.segments.values().stream().flatMap(List::stream).toList();
    List<Long> times =
        units.stream()
            .filter(unit -> unit.kind() == Unit.Kind.FRAGMENT)
            .map(Unit::decodeTime)
            .toList();
    assertEquals(60, times.size());
    assertEquals(times.stream().sorted().toList(), times);
    assertTrue(archive.segments.size() >= 6, "at least six segments of at most ten seconds");
    for (List<Unit> segment : archive.segments.values()) {
      assertEquals(Unit.Kind.INIT, segment.get(0).kind());
      assertTrue(segment.get(1).key(), "a segment starts with a key frame");
    }
    assertTrue(archive.ledger.isEmpty());
  }

  @Test
  void aSegmentThatACopyLagsBehindEndsAtItsNextKeyFrame() {
    begin();
    offer(0, 3);
    archive.cuts.add(new SegmentKey("front", NOON));
    offer(3, 4);
    assertEquals(List.of(NOON), archive.starts(), "not in the middle of a picture group");
    offer(4, 8);
    assertEquals(List.of(NOON, NOON.plusSeconds(4)), archive.starts(), "and once");
    assertTrue(archive.ledger.isEmpty(), "nothing is missing between them");
    List<Unit> first = archive.segments.get(new SegmentKey("front", NOON));
    assertEquals(1 + 4 + 1, first.size(), "all before the key frame, and the tail");
  }

  @Test
  void aStorageThatFailsForAWhileCostsNothing() {
    begin();
    offer(0, 3);
    archive.failure = "no";
    assertTrue(queue.offer(fragment(3, false)));
    assertFalse(lane.drain(storage));
    assertEquals("no", lane.problem());
    archive.failure = "";
    offer(4, 6);
    assertEquals("", lane.problem());
    assertEquals(List.of(NOON), archive.starts());
    List<Unit> units = archive.segments.get(new SegmentKey("front", NOON));
    assertEquals(1 + 6, units.size());
    units
        .subList(1, 7)
        .forEach(unit -> assertEquals(10, unit.remaining(), "whole at the next try"));
    assertTrue(archive.ledger.isEmpty());
  }

  @Test
  void anUpdatedStorageGoesOnWithTheOpenSegment() {
    begin();
    offer(0, 3);
    MemoryArchive next = archive.updated();
    storage = new Storage(next, next, next);
    offer(3, 5);
    assertEquals(1 + 5, next.segments.get(new SegmentKey("front", NOON)).size());
    assertEquals(1, next.segments.size());
  }

  @Test
  void aFullQueueRefusesAndAHoleIsWrittenDown() {
    begin();
    offer(0, 2);
    int taken = 0;
    while (queue.offer(fragment(2 + taken, taken % 2 == 0))) {
      taken++;
    }
    assertEquals(100, taken);
    assertFalse(queue.hasRoom());
    queue.tell(new FootageItem.Trouble(GapCause.DISK, "slow", true));
    assertTrue(lane.drain(storage));
    assertTrue(queue.hasRoom());
    begin();
    offer(200, 202);
    Instant end = NOON.plusSeconds(102);
    assertEquals(
        List.of(new Gap("front", end, Optional.of(NOON.plusSeconds(200)), GapCause.DISK, "slow")),
        List.copyOf(archive.ledger.values()));
    assertTrue(archive.starts().contains(NOON.plusSeconds(200)), "a new run, a new segment");
  }

  @Test
  void aLastingGapIsWrittenBeforeItsEnd() {
    begin();
    offer(0, 1);
    queue.tell(new FootageItem.Trouble(GapCause.CAMERA, "gone", false));
    queue.tell(new FootageItem.Trouble(GapCause.NETWORK, "gone for good", true));
    assertTrue(lane.drain(storage));
    Gap gap = archive.ledger.get(NOON.plusSeconds(1));
    assertEquals(GapCause.CAMERA, gap.cause(), "the first trouble is the cause");
    assertEquals(Optional.empty(), gap.to());
    begin();
    offer(10, 11);
    assertEquals(Optional.of(NOON.plusSeconds(10)), archive.ledger.get(gap.from()).to());
  }

  @Test
  void theLastSegmentIsFinishedWhenTheQueueIsClosed() {
    begin();
    offer(0, 3);
    queue.close();
    assertTrue(lane.drain(storage));
    assertTrue(lane.finished());
    List<Unit> units = archive.segments.get(new SegmentKey("front", NOON));
    assertEquals(Unit.Kind.TAIL, units.get(units.size() - 1).kind());
  }

  @Test
  void parameterSetsThatNoFileCanBeMadeOfAreOneGap() {
    begin();
    offer(0, 2);
    queue.tell(new FootageItem.RunStart(Footage.video(), Optional.empty()));
    offer(2, 12);
    assertTrue(lane.problem().contains("parameter set"), lane.problem());
    Gap lasting = archive.ledger.get(NOON.plusSeconds(2));
    assertEquals(GapCause.CAMERA, lasting.cause());
    assertTrue(lasting.detail().contains("parameter set"), lasting.detail());
    assertEquals(Optional.empty(), lasting.to());
    assertEquals(1, archive.ledgerLines, "not a line for each key frame");
    begin();
    offer(12, 14);
    assertEquals("", lane.problem());
    assertEquals(1, archive.ledger.size());
    assertEquals(Optional.of(NOON.plusSeconds(12)), archive.ledger.get(NOON.plusSeconds(2)).to());
    assertEquals(List.of(NOON, NOON.plusSeconds(12)), archive.starts());
  }
}
