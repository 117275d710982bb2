// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import istream.recorder.media.VideoFormat;
import istream.recorder.mp4.AssembledFragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CameraLaneTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final VideoFormat VIDEO =
      new VideoFormat(
          VideoFormat.Codec.H264,
          List.of(
              ByteBuffer.wrap(Base64.getDecoder().decode("Z0LAHtkDxWhAAAADAEAAAAwDxYuS"))
                  .asReadOnlyBuffer(),
              ByteBuffer.wrap(Base64.getDecoder().decode("aMuMsg==")).asReadOnlyBuffer()),
          640,
          480);

  private final MemoryArchive archive = new MemoryArchive();
  private final FootageQueue queue = new FootageQueue(() -> 1000, () -> {});
  private final Throughput throughput = new Throughput(() -> 0);
  private final CameraLane lane =
      new CameraLane("front", Duration.ofSeconds(10), queue, throughput);
  private Storage storage = new Storage(archive, archive);

  private static FootageItem.Footage fragment(double second, boolean key) {
    Instant start = NOON.plusMillis(Math.round(second * 1000));
    Unit unit =
        new Unit(
            Unit.Kind.FRAGMENT,
            List.of(ByteBuffer.wrap(new byte[10])),
            start,
            Duration.ofSeconds(1),
            Math.round(second * 90_000),
            key);
    return new FootageItem.Footage(new AssembledFragment(unit, List.of(), 25, 10));
  }

  private void begin() {
    queue.tell(new FootageItem.RunStart(VIDEO, Optional.empty()));
  }

  private void offer(double from, double to) {
    for (double second = from; second < to; second++) {
      assertTrue(queue.offer(fragment(second, second % 2 == 0)), "the queue took second " + second);
      assertTrue(lane.drain(storage), lane.problem());
    }
  }

  private List<Instant> starts() {
    return archive.segments.keySet().stream().map(SegmentKey::start).toList();
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
    assertEquals(List.of(NOON), starts());
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
    storage = new Storage(next, next);
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
    assertTrue(starts().contains(NOON.plusSeconds(200)), "a new run, a new segment");
  }

  @Test
  void theTimeTheProcessWasDownIsARestart() {
    archive.recordedUntil = Optional.of(NOON.minusSeconds(30));
    begin();
    offer(0, 1);
    Gap gap = archive.ledger.get(NOON.minusSeconds(30));
    assertEquals(GapCause.RESTART, gap.cause());
    assertEquals(Optional.of(NOON), gap.to());
  }

  @Test
  void aGapThatLastedAcrossARestartKeepsItsCause() {
    Instant end = NOON.minusSeconds(30);
    archive.recordedUntil = Optional.of(end);
    archive.ledger.put(
        end, new Gap("front", end, Optional.empty(), GapCause.NETWORK, "no route to it"));
    begin();
    offer(0, 1);
    assertEquals(
        new Gap("front", end, Optional.of(NOON), GapCause.NETWORK, "no route to it"),
        archive.ledger.get(end));
  }

  @Test
  void aGapIsWrittenDownBeforeTheFootageThatEndsIt() {
    archive.recordedUntil = Optional.of(NOON.minusSeconds(30));
    archive.beforeCreate = () -> assertEquals(1, archive.ledger.size(), "a crash here forgets it");
    begin();
    offer(0, 1);
    assertEquals(1, archive.segments.size());
    assertEquals(1, archive.ledger.size());
  }

  @Test
  void aGapWhoseLastFootageWasLostInACrashGrows() {
    Instant end = NOON.minusSeconds(30);
    archive.recordedUntil = Optional.of(end);
    archive.ledger.put(
        end, new Gap("front", end, Optional.of(end.plusSeconds(5)), GapCause.RESTART, "down"));
    begin();
    offer(0, 1);
    assertEquals(Set.of(end), archive.ledger.keySet());
    assertEquals(Optional.of(NOON), archive.ledger.get(end).to());
  }

  @Test
  void anEndedGapKeepsItsCauseWhenTheFootageAfterItWasLost() {
    Instant end = NOON.minusSeconds(30);
    Instant back = end.plusSeconds(5);
    Gap network = new Gap("front", end, Optional.of(back), GapCause.NETWORK, "no route to it");
    archive.recordedUntil = Optional.of(end);
    archive.ledger.put(end, network);
    begin();
    offer(0, 1);
    assertEquals(network, archive.ledger.get(end));
    assertEquals(GapCause.RESTART, archive.ledger.get(back).cause());
    assertEquals(Optional.of(NOON), archive.ledger.get(back).to());
  }

  @Test
  void footageThatAPowerCutTookFromBeforeAGapIsAccountedFor() {
    Instant end = NOON.minusSeconds(30);
    Instant lost = end.plusSeconds(1);
    archive.recordedUntil = Optional.of(end);
    archive.ledger.put(lost, new Gap("front", lost, Optional.empty(), GapCause.CAMERA, "gone"));
    begin();
    offer(0, 1);
    assertEquals(Optional.of(lost), archive.ledger.get(end).to());
    assertEquals(GapCause.RESTART, archive.ledger.get(end).cause());
    assertEquals(Optional.of(NOON), archive.ledger.get(lost).to());
    assertEquals(GapCause.CAMERA, archive.ledger.get(lost).cause());
  }

  @Test
  void aLedgerThatFailsCostsNoFootage() {
    archive.recordedUntil = Optional.of(NOON.minusSeconds(30));
    archive.ledgerFailure = "the ledger is a directory";
    begin();
    for (int second = 0; second < 4; second++) {
      assertTrue(queue.offer(fragment(second, second % 2 == 0)));
      assertFalse(lane.drain(storage));
      assertEquals("the ledger is a directory", lane.problem());
    }
    assertEquals(1 + 4, archive.segments.get(new SegmentKey("front", NOON)).size());
    archive.ledgerFailure = "";
    offer(4, 5);
    assertEquals("", lane.problem());
    assertEquals(Optional.of(NOON), archive.ledger.get(NOON.minusSeconds(30)).to());
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
}
