// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static istream.recorder.store.Footage.NOON;
import static istream.recorder.store.Footage.at;
import static istream.recorder.store.Footage.fragment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the ledger says after a restart, by what the process before left behind. */
class RestartTest {
  private final MemoryArchive archive = new MemoryArchive();
  private final FootageQueue queue = new FootageQueue(() -> 1000, () -> {});
  private final CameraLane lane =
      new CameraLane("front", Duration.ofSeconds(10), queue, new Throughput(() -> 0), () -> 0);
  private final Storage storage = new Storage(archive, archive, archive);

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
  void theTimeTheProcessWasDownIsARestart() {
    archive.stored("front", -90, -30);
    begin();
    offer(0, 1);
    Gap gap = archive.ledger.get(NOON.minusSeconds(30));
    assertEquals(GapCause.RESTART, gap.cause());
    assertEquals(Optional.of(NOON), gap.to());
  }

  @Test
  void whatOnlyAReplicaLacksIsNoGapOfTheCamera() {
    Instant end = NOON.minusSeconds(30);
    Gap loss =
        new Gap("front", end.minusSeconds(40), Optional.of(at(-5)), GapCause.NETWORK, "", "attic");
    archive.stored("front", -90, -30);
    archive.ledger.put(loss.from(), loss);
    begin();
    offer(0, 1);
    assertEquals(loss, archive.ledger.get(loss.from()), "left as it is");
    Gap gap = archive.ledger.get(end);
    assertEquals(GapCause.RESTART, gap.cause());
    assertEquals(Optional.of(NOON), gap.to());
    assertEquals(2, archive.ledger.size());
  }

  @Test
  void aGapThatLastedAcrossARestartKeepsItsCause() {
    Instant end = NOON.minusSeconds(30);
    archive.stored("front", -90, -30);
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
    archive.stored("front", -90, -30);
    archive.beforeCreate = () -> assertEquals(1, archive.ledger.size(), "a crash here forgets it");
    begin();
    offer(0, 1);
    assertEquals(1, archive.segments.size());
    assertEquals(1, archive.ledger.size());
  }

  @Test
  void aGapWhoseLastFootageWasLostInACrashGrows() {
    Instant end = NOON.minusSeconds(30);
    archive.stored("front", -90, -30);
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
    archive.stored("front", -90, -30);
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
    archive.stored("front", -90, -30);
    archive.ledger.put(lost, new Gap("front", lost, Optional.empty(), GapCause.CAMERA, "gone"));
    begin();
    offer(0, 1);
    assertEquals(Optional.of(lost), archive.ledger.get(end).to());
    assertEquals(GapCause.RESTART, archive.ledger.get(end).cause());
    assertEquals(Optional.of(NOON), archive.ledger.get(lost).to());
    assertEquals(GapCause.CAMERA, archive.ledger.get(lost).cause());
  }

  private void known(double from, Double to, GapCause cause) {
    Optional<Instant> end = Optional.ofNullable(to).map(Footage::at);
    archive.ledger.put(at(from), new Gap("front", at(from), end, cause, "told before"));
  }

  /** The ledger as text: seconds and cause. */
  private List<String> ledger() {
    return archive.ledger.values().stream()
        .sorted((a, b) -> a.from().compareTo(b.from()))
        .map(
            gap ->
                second(gap.from())
                    + "-"
                    + gap.to().map(RestartTest::second).orElse("")
                    + " "
                    + gap.cause().word())
        .toList();
  }

  private static String second(Instant instant) {
    return String.valueOf(Duration.between(NOON, instant).toMillis() / 1000.0)
        .replaceFirst("\\.0$", "");
  }

  @Test
  void aGapThatWasNeverEndedDoesNotCoverTheFootageAfterIt() {
    archive.stored("front", -100, -60);
    archive.stored("front", -50, -10);
    known(-60, null, GapCause.CAMERA);
    begin();
    offer(0, 1);
    assertEquals(List.of("-60--50 camera", "-10-0 restart"), ledger());
  }

  @Test
  void aGapThatWasNeverEndedAndHasFootageAllAlongHasNoLength() {
    archive.stored("front", -100, -10);
    known(-60, null, GapCause.NETWORK);
    begin();
    offer(0, 1);
    assertEquals(List.of("-60--60 network", "-10-0 restart"), ledger());
  }

  @Test
  void aGapThatEndsTooLateIsCutWhereFootageWentOn() {
    archive.stored("front", -50, -10);
    known(-60, -5.0, GapCause.CAMERA);
    begin();
    offer(0, 1);
    assertEquals(List.of("-60--50 camera", "-10-0 restart"), ledger());
  }

  @Test
  void onlyTheHolesBetweenTheGapsOfAPowerCutAreFilled() {
    archive.stored("front", -90, -20);
    known(-18, -15.0, GapCause.NETWORK);
    known(-8, -5.0, GapCause.CAMERA);
    begin();
    offer(0, 1);
    assertEquals(
        List.of(
            "-20--18 restart", "-18--15 network", "-15--8 restart", "-8--5 camera", "-5-0 restart"),
        ledger());
  }

  @Test
  void aGapLeftOpenBehindAPowerCutEndsWhereTheNextBegins() {
    archive.stored("front", -90, -20);
    known(-20, null, GapCause.NETWORK);
    known(-8, null, GapCause.CAMERA);
    begin();
    offer(0, 1);
    assertEquals(List.of("-20--8 network", "-8-0 camera"), ledger());
  }
}
