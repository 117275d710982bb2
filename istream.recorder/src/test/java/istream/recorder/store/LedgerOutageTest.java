// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static istream.recorder.store.Footage.NOON;
import static istream.recorder.store.Footage.at;
import static istream.recorder.store.Footage.fragment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.Unit;
import istream.recorder.mp4.AssembledFragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that comes late, fails, or never comes: footage waits for it a little, never long. */
class LedgerOutageTest {
  private final MemoryArchive archive = new MemoryArchive();
  private final Storage whole = new Storage(archive, archive, archive);
  private final Storage withoutLedger = new Storage(archive, null, archive);
  private FootageQueue queue;
  private CameraLane lane;
  private long nanos;

  LedgerOutageTest() {
    process();
  }

  private void process() {
    queue = new FootageQueue(() -> 1000, () -> {});
    lane =
        new CameraLane(
            "front", Duration.ofSeconds(10), queue, new Throughput(() -> 0), () -> nanos);
  }

  private void pass(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  private void offer(double second) {
    assertTrue(queue.offer(fragment(second, second % 2 == 0)));
  }

  private List<Gap> ledger() {
    return List.copyOf(archive.ledger.values());
  }

  private static Gap gap(double from, Double to, GapCause cause, String detail) {
    return new Gap("front", at(from), Optional.ofNullable(to).map(Footage::at), cause, detail);
  }

  @Test
  void footageWaitsForALedgerThatComesLate() {
    archive.stored("front", -90, -30);
    archive.ledger.put(at(-30), gap(-30, null, GapCause.NETWORK, "no route to it"));
    queue.tell(Footage.runStart());
    offer(0);
    assertFalse(lane.drain(withoutLedger));
    assertTrue(archive.segments.isEmpty(), "nothing before the gaps are known");
    pass(4);
    assertTrue(lane.drain(whole));
    assertEquals(List.of(gap(-30, 0.0, GapCause.NETWORK, "no route to it")), ledger());
    assertEquals(List.of(NOON), archive.starts());
  }

  @Test
  void footageDoesNotWaitLongForALedgerThatNeverComes() {
    archive.stored("front", -90, -30);
    queue.tell(Footage.runStart());
    offer(0);
    assertFalse(lane.drain(withoutLedger));
    pass(6);
    assertFalse(lane.drain(withoutLedger));
    assertEquals("storage memory offers no ledger", lane.problem());
    assertEquals(List.of(NOON), archive.starts());
    assertTrue(lane.drain(whole));
    assertEquals("", lane.problem());
    assertEquals(List.of(gap(-30, 0.0, GapCause.RESTART, "istream was not running")), ledger());
  }

  @Test
  void aLedgerThatFailsCostsNoFootage() {
    archive.stored("front", -90, -30);
    archive.ledgerFailure = "the ledger is a directory";
    queue.tell(Footage.runStart());
    for (int second = 0; second < 6; second++) {
      offer(second);
      assertFalse(lane.drain(whole));
      pass(1);
    }
    assertEquals("the ledger is a directory", lane.problem());
    archive.ledgerFailure = "";
    offer(6);
    assertTrue(lane.drain(whole));
    assertEquals("", lane.problem());
    assertEquals(1 + 7, archive.segments.get(archive.keys().get(0)).size());
    assertEquals(Optional.of(NOON), archive.ledger.get(at(-30)).to());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 999, 123_456_789})
  void aGapHasTheSameBeginningForTheNextProcessEvenWithoutALedger(int nano) {
    queue.tell(Footage.runStart());
    queue.offer(fragmentAt(NOON.plusNanos(nano)));
    queue.tell(new FootageItem.Trouble(GapCause.NETWORK, "no route to it", true));
    assertTrue(lane.drain(whole));
    assertEquals(Optional.empty(), ledger().get(0).to());
    process();
    queue.tell(Footage.runStart());
    offer(30);
    assertFalse(lane.drain(withoutLedger));
    pass(6);
    assertFalse(lane.drain(withoutLedger));
    assertTrue(lane.drain(whole));
    assertEquals(1, ledger().size(), "one gap, that ended: " + ledger());
    assertEquals(Optional.of(at(30)), ledger().get(0).to());
  }

  /** A third of a second and something: its end is no whole number of nanoseconds. */
  private static FootageItem.Footage fragmentAt(Instant start) {
    Unit unit =
        new Unit(
            Unit.Kind.FRAGMENT,
            List.of(ByteBuffer.allocate(10)),
            start,
            Duration.ofNanos(366_666_666),
            0,
            true);
    return new FootageItem.Footage(new AssembledFragment(unit, List.of(), 11, 10, List.of()));
  }

  @Test
  void theLastGapOfACameraWaitsForTheLedger() {
    stopCamera();
    assertFalse(lane.drain(withoutLedger));
    assertFalse(lane.finished());
    pass(4);
    assertTrue(lane.drain(whole));
    assertTrue(lane.finished());
    assertEquals(List.of(gap(1, null, GapCause.OPERATOR, "removed")), ledger());
  }

  @Test
  void theLastGapOfACameraDoesNotWaitForEver() {
    stopCamera();
    assertFalse(lane.drain(withoutLedger));
    pass(6);
    assertTrue(lane.drain(withoutLedger));
    assertTrue(lane.finished());
  }

  private void stopCamera() {
    queue.tell(Footage.runStart());
    offer(0);
    assertTrue(lane.drain(whole));
    queue.tell(new FootageItem.Trouble(GapCause.OPERATOR, "removed", true));
    queue.close();
  }
}
