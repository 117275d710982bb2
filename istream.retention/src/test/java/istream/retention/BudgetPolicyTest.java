// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Segment;
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
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a policy deletes, what it spares, and when it keeps its hands off. */
final class BudgetPolicyTest {
  private static final Instant START = Shelf.START;
  private static final long MB = Shelf.MB;

  private final Shelf shelf = new Shelf();
  private final Time time = new Time();
  private final Duties duties = new Duties();

  private BudgetPolicy policy(String... keysAndValues) {
    return new BudgetPolicy(
        settings(keysAndValues),
        id -> id.equals("archive") ? Optional.of(shelf) : Optional.empty(),
        duties,
        new Replicas(),
        time,
        () -> time.nanos);
  }

  private static RetentionSettings settings(String... keysAndValues) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "istream.retention~keep");
    properties.put("storage", "archive");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return RetentionSettings.of(properties);
  }

  private static List<SegmentKey> keys(RetentionPlan plan) {
    return plan.deletions().oldest().stream().map(Segment::key).toList();
  }

  @Test
  void theOldestGoUntilTheBudgetIsKeptAndAPlanDeletesNothing() throws Exception {
    shelf.fill("front", 10, MB);
    RetentionPlan plan = policy("max.megabytes", "7").plan();
    assertEquals(shelf.keys().subList(0, 3), keys(plan));
    assertEquals(OptionalLong.of(7 * MB), plan.keptBytes());
    assertEquals("at most 7 MB", plan.rule());
    assertEquals(10, shelf.segments.size());
    assertEquals(plan, policy("max.megabytes", "7").enforce());
    assertEquals(7, shelf.segments.size());
    assertEquals(Deletions.NONE, policy("max.megabytes", "7").enforce().deletions());
  }

  @Test
  void whatIsRecordedCountsButStays() throws Exception {
    shelf.fill("front", 3, MB);
    shelf.open.add(shelf.keys().get(0));
    shelf.open.add(shelf.keys().get(2));
    RetentionPlan done = policy("max.megabytes", "1").enforce();
    assertEquals(1, done.deletions().count());
    assertEquals(OptionalLong.of(2 * MB), done.keptBytes());
    assertEquals(shelf.open, shelf.segments.keySet());
  }

  @Test
  void theAgeIsThatOfTheEnd() throws Exception {
    shelf.fill("front", 10, MB);
    time.wall = START.plus(Duration.ofHours(2)).plusSeconds(121);
    RetentionPlan done = policy("max.hours", "2").enforce();
    assertEquals(2, done.deletions().count(), "of 60 s each, ended 121 and 61 s too long ago");
    assertEquals("at most 2 h", done.rule());
  }

  @Test
  void aPolicyOfOneCameraTouchesNoOther() throws Exception {
    shelf.fill("front", 5, MB);
    shelf.fill("back", 5, MB);
    policy("camera", "back", "max.megabytes", "1").enforce();
    assertEquals(5, shelf.keys().stream().filter(key -> key.camera().equals("front")).count());
    assertEquals(1, shelf.keys().stream().filter(key -> key.camera().equals("back")).count());
  }

  @Test
  void aFullDiskIsFreedByAPolicyWithoutLimits() throws Exception {
    shelf.fill("front", 200, MB);
    BudgetPolicy policy = policy();
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    shelf.free(500 * MB);
    RetentionPlan done = policy.enforce();
    assertEquals(76, done.deletions().count(), "until 512 MB and a headroom of 64 MB are free");
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    shelf.state = StoreStatus.State.FULL;
    assertEquals(64, policy.enforce().deletions().count(), "full is full, whatever seems free");
  }

  @Test
  void aCameraWithABudgetDoesNotPayForTheWholeDisk() throws Exception {
    shelf.fill("front", 100, MB);
    shelf.free(500 * MB);
    BudgetPolicy policy = policy("camera", "front", "max.megabytes", "90");
    RetentionSettings whole = settings();
    duties.take(whole);
    duties.take(settings("storage", "attic"));
    assertEquals(10, policy.enforce().deletions().count(), "its own budget only");
    duties.leave(whole);
    duties.take(settings("max.hours", "never"));
    assertEquals(66, policy.enforce().deletions().count(), "where nobody else makes room");
  }

  @Test
  void aClockThatJumpsAheadDeletesNothing() throws Exception {
    shelf.fill("front", 10, MB);
    BudgetPolicy policy = policy("max.hours", "24");
    time.pass(Duration.ofSeconds(10));
    time.wall = time.wall.plus(Duration.ofDays(4_000));
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    time.pass(Duration.ofHours(23));
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    time.pass(Duration.ofHours(2));
    assertEquals(10, policy.enforce().deletions().count(), "confirmed by 24 h");
  }

  @Test
  void aClockSetBackAgainIsBelievedAtOnce() throws Exception {
    shelf.fill("front", 10, MB);
    BudgetPolicy policy = policy("max.hours", "24");
    time.wall = time.wall.plus(Duration.ofDays(4_000));
    assertEquals(Deletions.NONE, policy.enforce().deletions());
    time.wall = time.wall.minus(Duration.ofDays(4_000));
    policy.enforce();
    time.pass(Duration.ofHours(25));
    assertEquals(10, policy.enforce().deletions().count());
  }

  @Test
  void oneFileThatCannotBeDeletedStopsNoOther() throws Exception {
    shelf.fill("front", 5, MB);
    shelf.stuck.add(shelf.keys().get(0));
    RetentionPlan done = policy("max.megabytes", "3").enforce();
    assertEquals(2, done.deletions().count());
    assertEquals("stuck", done.problem());
    assertEquals(3, shelf.segments.size());
  }

  @Test
  void nothingIsDeletedWhenTheStorageIsNotUnderstood() throws Exception {
    shelf.fill("front", 5, MB);
    shelf.counting = true;
    RetentionPlan uncounted = policy("max.megabytes", "1").enforce();
    assertTrue(uncounted.problem().contains("still counting"));
    assertEquals(OptionalLong.empty(), uncounted.keptBytes(), "not known is not 0");
    shelf.counting = false;
    shelf.state = StoreStatus.State.UNAVAILABLE;
    assertTrue(policy("max.megabytes", "1").enforce().problem().contains("cannot be used"));
    assertTrue(
        policy("storage", "attic").enforce().problem().startsWith("there is no storage attic"));
    assertEquals(
        "istream.retention-keep.cfg: max.hours \"two\" cannot be used; allowed: a whole number from"
            + " 1 to 1000000, or nothing for no limit",
        policy("max.hours", "two", "max.megabytes", "1").enforce().problem());
    assertEquals(5, shelf.segments.size());
  }

  @Test
  void itSaysWhatIsWrongBeforeItsFirstLookAndForgetsWhatIsPut() throws Exception {
    String bad = policy("max.hours", "two").problem();
    assertTrue(bad.startsWith("istream.retention-keep.cfg: max.hours"), bad);
    BudgetPolicy policy = policy("max.megabytes", "1");
    assertEquals("", policy.problem());
    shelf.state = StoreStatus.State.UNAVAILABLE;
    policy.enforce();
    assertTrue(policy.problem().contains("cannot be used"), policy.problem());
    shelf.state = StoreStatus.State.READY;
    policy.enforce();
    assertEquals("", policy.problem());
  }

  @Test
  void aFileWithoutAUsableIdDeletesNothingAndIsShown() throws Exception {
    shelf.fill("front", 5, MB);
    for (String pid : List.of("istream.retention", "istream.retention~Keep")) {
      RetentionPlan done = policy("service.pid", pid, "max.megabytes", "1").enforce();
      assertTrue(pid.endsWith(done.policy()), done.policy());
      assertTrue(done.problem().contains("istream.retention-ID.cfg"), done.problem());
    }
    assertEquals(5, shelf.segments.size());
  }

  @Test
  void aGrownArchiveIsCutDownInBoundedStepsAndBoundedMemory() throws Exception {
    shelf.fill("front", 2_500, MB);
    BudgetPolicy policy = policy("max.megabytes", "300");
    Deletions planned = policy.plan().deletions();
    assertEquals(2_200, planned.count());
    assertEquals(2_200 * MB, planned.bytes());
    assertEquals(Optional.of(START.plusSeconds(60 * 2_200)), planned.until());
    assertEquals(shelf.keys().subList(0, Deletions.MOST_NAMED), keys(policy.plan()));
    assertFalse(planned.more());

    assertTrue(policy.enforce().deletions().more());
    assertEquals(1_500, shelf.segments.size());
    assertTrue(policy.enforce().deletions().more());
    Deletions last = policy.enforce().deletions();
    assertEquals(200, last.count());
    assertFalse(last.more());
    assertEquals(300, shelf.segments.size());
  }

  @Test
  void ageAndWantOfSpaceDoNotWaitForTheTotals() throws Exception {
    shelf.fill("front", 100, MB);
    shelf.counting = true;
    time.wall = START.plus(Duration.ofHours(2)).plusSeconds(601);
    BudgetPolicy policy = policy("max.megabytes", "1", "max.hours", "2");
    assertEquals(10, policy.enforce().deletions().count());
    shelf.free(556 * MB);
    RetentionPlan done = policy.enforce();
    assertEquals(20, done.deletions().count());
    assertTrue(done.problem().contains("still counting"), done.problem());
    shelf.counting = false;
    assertEquals(69, policy.enforce().deletions().count());
  }

  @Test
  void aRemoteStorageThatKnowsLittleIsFreedWhenItSaysThatItIsFull() throws Exception {
    shelf.fill("front", 10, MB);
    shelf.floor = 0;
    shelf.free(-1);
    BudgetPolicy policy = policy();
    assertEquals(Deletions.NONE, policy.enforce().deletions(), "not known is not short");
    shelf.state = StoreStatus.State.FULL;
    shelf.counting = true;
    assertEquals(1, policy.enforce().deletions().count(), "the least headroom at a time");
    shelf.state = StoreStatus.State.UNAVAILABLE;
    assertTrue(policy.enforce().problem().contains("cannot be used"));
    assertEquals(9, shelf.segments.size());
  }

  @Test
  void itsCostDoesNotDependOnWhatIsStored() throws Exception {
    shelf.fill("front", 10_000, MB);
    policy("max.megabytes", "9998", "max.hours", "100000").enforce();
    assertTrue(shelf.listed <= 4, shelf.listed + " segments were looked at to delete 2");
  }
}
