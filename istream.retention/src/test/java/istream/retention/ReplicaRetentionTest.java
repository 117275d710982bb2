// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import static istream.retention.Shelf.MB;
import static istream.retention.Shelf.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageSource;
import istream.api.footage.FootageStore;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.SegmentKey;
import istream.api.footage.StoreStatus;
import istream.api.retention.Deletions;
import istream.api.retention.RetentionPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes first, what waits and what is written down where footage has replicas. */
final class ReplicaRetentionTest {
  private final Shelf shelf = new Shelf();
  private final Time time = new Time();
  private final MemoryLedger ledger = new MemoryLedger();
  private final Replicas replicas = new Replicas(new ReplicaRoll(() -> time.nanos));
  private final Copy offsite = new Copy("offsite");
  private List<SegmentKey> keys;

  @BeforeEach
  void fill() {
    shelf.fill("front", 10, MB);
    keys = shelf.keys();
    replicas.addLedger(ledger, Map.of(FootageStore.STORAGE_ID, "archive"));
    sourceComes("archive");
    replicas.addStore(offsite);
    replicas.addReplication(offsite);
  }

  private void sourceComes(String id) {
    FootageSource unused = null;
    replicas.addSource(unused, Map.of(FootageStore.STORAGE_ID, id));
  }

  private BudgetPolicy policy(String... keysAndValues) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "istream.retention~keep");
    properties.put("storage", "archive");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new BudgetPolicy(
        RetentionSettings.of(properties),
        id -> Optional.of(shelf),
        new Duties(),
        replicas,
        time,
        () -> time.nanos);
  }

  private static Gap loss(int from, int to, GapCause cause, String why) {
    return new Gap(
        "front",
        START.plusSeconds(60L * from),
        Optional.of(START.plusSeconds(60L * to)),
        cause,
        "deleted here " + why + " before offsite had all of it",
        "offsite");
  }

  @Test
  void whatIsConfirmedGoesFirstAndThenTheOldestOfTheOthers() throws Exception {
    offsite.confirmed.addAll(keys.subList(4, 8));
    Deletions plan = policy("max.megabytes", "3").plan().deletions();
    assertEquals(7, plan.count());
    assertEquals(3, plan.unconfirmed());
    assertEquals(3 * MB, plan.unconfirmedBytes());
    assertEquals(Optional.of(keys.get(8).start()), plan.until());
    assertEquals(keys.get(0), plan.oldest().get(0).key());
    assertEquals(List.of(), ledger.all(), "a plan is no loss");

    RetentionPlan done = policy("max.megabytes", "3").enforce();
    assertEquals(plan, done.deletions());
    assertEquals(List.of(keys.get(3), keys.get(8), keys.get(9)), shelf.keys());
    assertEquals(List.of(loss(0, 3, GapCause.NETWORK, "to make room")), ledger.all());
  }

  @Test
  void aBudgetThatConfirmedFootageCanKeepCostsNoOther() throws Exception {
    offsite.confirmed.add(keys.get(2));
    offsite.confirmed.add(keys.get(5));
    offsite.confirmed.add(keys.get(9));
    assertEquals(2, policy("max.megabytes", "8").enforce().deletions().count());
    assertEquals(8, shelf.segments.size());
    assertTrue(shelf.segments.containsKey(keys.get(9)), "the oldest confirmed ones went");
    assertEquals(List.of(), ledger.all());
  }

  @Test
  void confirmedIsWhatAllReplicasHave() throws Exception {
    Copy attic = new Copy("attic");
    replicas.addStore(attic);
    replicas.addReplication(attic);
    offsite.confirmed.addAll(keys.subList(0, 3));
    attic.confirmed.addAll(keys.subList(2, 4));
    policy("max.megabytes", "8").enforce();
    assertEquals(List.of(keys.get(1), keys.get(3)), shelf.keys().subList(0, 2));
    Gap attics = ledger.all().get(0);
    assertEquals(1, ledger.all().size(), "offsite has what went");
    assertEquals("attic", attics.storage());
    assertEquals(keys.get(0).start(), attics.from());
  }

  @Test
  void ageIsAPromiseThatNoReplicaBreaks() throws Exception {
    offsite.counted = false;
    time.wall = START.plus(Duration.ofHours(2)).plusSeconds(181);
    assertEquals(3, policy("max.hours", "2").enforce().deletions().unconfirmed());
    assertEquals(keys.subList(3, 10), shelf.keys());
    assertEquals(
        List.of(loss(0, 3, GapCause.OPERATOR, "for its age")), ledger.all(), "one for all three");
  }

  @Test
  void aLossGrowsFromLookToLookAndAcrossARestart() throws Exception {
    policy("max.megabytes", "9").enforce();
    assertEquals(List.of(loss(0, 1, GapCause.NETWORK, "to make room")), ledger.all());
    BudgetPolicy restarted = policy("max.megabytes", "8");
    restarted.enforce();
    assertEquals(List.of(loss(0, 2, GapCause.NETWORK, "to make room")), ledger.all());
    offsite.confirmed.add(keys.get(2));
    shelf.delete(keys.get(2));
    policy("max.megabytes", "5").enforce();
    assertEquals(
        List.of(
            loss(0, 2, GapCause.NETWORK, "to make room"),
            loss(3, 5, GapCause.NETWORK, "to make room")),
        ledger.all(),
        "what is on the replica lies between them");
  }

  @Test
  void aLossIsWrittenDownBeforeAndNothingGoesThatCannotBe() throws Exception {
    ledger.beforeRecord = () -> assertEquals(10, shelf.segments.size());
    policy("max.megabytes", "9").enforce();
    ledger.beforeRecord = () -> {};
    ledger.failing = true;
    RetentionPlan done = policy("max.megabytes", "8").enforce();
    assertEquals("the ledger cannot be written", done.problem());
    assertEquals(9, shelf.segments.size());
    shelf.state = StoreStatus.State.FULL;
    shelf.floor = 0;
    policy().enforce();
    assertEquals(8, shelf.segments.size(), "recording goes on, whatever becomes of the ledger");
  }

  @Test
  void aReplicaThatIsBeingUpdatedIsWaitedForUnlessRecordingStandsStill() throws Exception {
    BudgetPolicy policy = policy("max.megabytes", "8");
    offsite.confirmed.addAll(keys.subList(0, 3));
    replicas.removeReplication(offsite);
    replicas.removeStore(offsite);
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    time.pass(Duration.ofSeconds(59));
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    replicas.addStore(offsite);
    replicas.addReplication(offsite);
    assertEquals(2, policy.enforce().deletions().count(), "it is back, and knows");
    replicas.removeReplication(offsite);
    shelf.state = StoreStatus.State.FULL;
    assertEquals(8, policy.enforce().deletions().count(), "a full disk waits for nobody");
  }

  @Test
  void aReplicaThatStaysAwayIsWaitedForAMinuteAndItsLossesAreWrittenDown() throws Exception {
    BudgetPolicy policy = policy("max.megabytes", "8");
    replicas.removeReplication(offsite);
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    time.pass(Duration.ofSeconds(61));
    assertEquals(2, policy.enforce().deletions().unconfirmed());
    assertEquals(List.of(loss(0, 2, GapCause.NETWORK, "to make room")), ledger.all());
  }

  @Test
  void aReplicaThatWasTakenAwayIsNoneAfterAMinute() throws Exception {
    replicas.removeReplication(offsite);
    replicas.removeStore(offsite);
    time.pass(Duration.ofSeconds(61));
    Deletions done = policy("max.megabytes", "8").enforce().deletions();
    assertEquals(2, done.count());
    assertEquals(0, done.unconfirmed());
    assertEquals(List.of(), ledger.all());
  }

  @Test
  void aReplicaThatIsStillComparingIsGivenTime() throws Exception {
    BudgetPolicy policy = policy("max.megabytes", "8");
    offsite.counted = false;
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    time.pass(Duration.ofMinutes(9));
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    offsite.connected = false;
    assertEquals(2, policy.enforce().deletions().unconfirmed(), "it cannot compare now");
  }

  @Test
  void aReplicaThatHasComparedOnceIsNotWaitedForAgain() throws Exception {
    BudgetPolicy policy = policy("max.megabytes", "8");
    assertEquals(2, policy.enforce().deletions().unconfirmed());
    offsite.counted = false;
    offsite.connected = false;
    shelf.fill("back", 2, MB);
    assertEquals(2, policy.enforce().deletions().unconfirmed());
  }

  @Test
  void withoutANameItCopiesTheOnlyStorage() throws Exception {
    replicas.removeReplication(offsite);
    time.pass(Duration.ofSeconds(61));
    offsite.namedSource = "";
    assertEquals(1, policy("max.megabytes", "9").plan().deletions().unconfirmed());
    sourceComes("second");
    assertEquals(0, policy("max.megabytes", "9").plan().deletions().unconfirmed());
    offsite.namedSource = "second";
    assertEquals(0, policy("max.megabytes", "9").plan().deletions().unconfirmed());
  }

  @Test
  void aLongBacklogIsPassedOver() throws Exception {
    shelf.fill("front", 20_000, MB);
    SegmentKey late = new SegmentKey("front", START.plusSeconds(60L * 15_000));
    offsite.confirmed.add(late);
    shelf.listed = 0;
    BudgetPolicy policy = policy("max.megabytes", "19999");
    assertEquals(1, policy.enforce().deletions().count());
    assertTrue(!shelf.segments.containsKey(late));
    assertTrue(shelf.listed + offsite.asked < 10, shelf.listed + " and " + offsite.asked);
    assertEquals(Instant.MAX, offsite.nextConfirmed("", late.start().plusMillis(1)));
    policy("max.megabytes", "19998").enforce();
    assertTrue(shelf.listed + offsite.asked < 20, "nor when nothing is confirmed");
    assertTrue(!shelf.segments.containsKey(keys.get(0)));
  }
}
