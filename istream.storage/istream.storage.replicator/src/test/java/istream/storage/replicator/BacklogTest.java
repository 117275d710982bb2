// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the replica lacks comes after what is being recorded, and in the order that was asked. */
final class BacklogTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void bench() {
    bench = new Bench(data);
  }

  /** Three segments in each of so many hours that end two hours before the start. */
  private List<SegmentKey> record(String camera, int hours) {
    List<SegmentKey> keys = new ArrayList<>();
    for (int hour = hours; hour > 0; hour--) {
      Instant begin = Bench.START.minus(HOUR.multipliedBy(hour + 1));
      for (int i = 0; i < 3; i++) {
        keys.add(bench.source.record(camera, begin.plusSeconds(10L * i), 4, 1000));
      }
    }
    return keys;
  }

  private void terms(boolean newestFirst) {
    bench.store.terms = new ReplicaTerms("", newestFirst, OptionalLong.empty(), 2);
  }

  @Test
  void newestFirst() {
    List<SegmentKey> keys = record("front", 3);
    Collections.reverse(keys);
    bench.start().steps(60);
    assertEquals(keys, bench.store.order);
    bench.assertSame();
  }

  @Test
  void oldestFirst() {
    terms(false);
    List<SegmentKey> keys = record("front", 3);
    bench.start().steps(60);
    assertEquals(keys, bench.store.order);
  }

  @Test
  void camerasTakeTurnsByFile() {
    record("back", 3);
    record("front", 1);
    bench.start().steps(80);
    List<String> cameras = bench.store.order.stream().map(SegmentKey::camera).toList();
    assertEquals(List.of("back", "front", "back", "front", "back", "front"), cameras.subList(0, 6));
    assertEquals(12, cameras.size());
  }

  @Test
  void theBacklogIsCountedAndConfirmed() {
    List<SegmentKey> keys = record("front", 4);
    bench.store.fault =
        (call, key) -> {
          if (call.equals("append")) {
            throw MemoryStore.broken();
          }
        };
    bench.start();
    assertFalse(bench.replica.confirmed(keys.get(0)));
    bench.steps(10);
    assertTrue(bench.progress("front").counted());
    assertEquals(12 * 4040, bench.progress("front").backlogBytes());
    assertEquals(Instant.MAX, bench.replica.nextConfirmed("", Instant.MIN));
    bench.store.fault = (call, key) -> {};
    bench.pass(Duration.ofMinutes(1));
    bench.steps(100);
    assertEquals(0, bench.progress("front").backlogBytes());
    keys.forEach(key -> assertTrue(bench.replica.confirmed(key), key.path()));
    Instant first = keys.get(0).start();
    assertEquals(first, bench.replica.nextConfirmed("front", first));
    assertEquals(Optional.of(Duration.ZERO), bench.progress("front").atRisk());
  }

  @Test
  void liveHeadsGoFirstWhileHoursOfBacklogWait() {
    record("front", 20);
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    for (int i = 0; i < 40; i++) {
      bench.source.write(key, 500);
      bench.steps(1);
      bench.assertSame(key);
    }
    assertTrue(bench.store.files.size() > 5, "the backlog goes on beside it");
    assertTrue(bench.store.files.size() < 61);
  }

  @Test
  void theBacklogWaitsWhileAHeadIsLate() {
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    bench.steps(1);
    record("back", 2);
    bench.replica.sourceChanged();
    for (int i = 0; i < 4; i++) {
      bench.source.write(key, 500);
    }
    bench.replica.backlogStep();
    bench.replica.backlogStep();
    bench.replica.backlogStep();
    assertEquals(List.of(key), bench.store.order);
    bench.steps(40);
    bench.assertSame();
  }

  @Test
  void aRestartFindsOutWhatIsMissing() {
    List<SegmentKey> keys = record("front", 3);
    bench.start().steps(60);
    SegmentKey torn = keys.get(4);
    bench.store.files.put(torn, Arrays.copyOf(bench.store.files.get(torn), 1040));
    bench.store.files.remove(keys.get(0));
    bench.store.order.clear();
    bench.store.sent = 0;
    bench.start().steps(60);
    bench.assertSame();
    List<SegmentKey> opened = new ArrayList<>(keys.subList(6, 9));
    Collections.reverse(opened);
    opened.addAll(List.of(torn, keys.get(0)));
    assertEquals(opened, bench.store.order, "the newest are looked into whatever their size");
    assertEquals(3000 + 4040, bench.store.sent, "only what was missing");
    assertEquals(Optional.of(Duration.ZERO), bench.progress("front").atRisk());
  }

  @Test
  void theFirstConnectionCarriesItIfThereIsNoSecond() {
    bench.store.mostConnections = 1;
    record("front", 3);
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    for (int i = 0; i < 80; i++) {
      bench.source.write(key, 500);
      bench.steps(1);
      bench.assertSame(key);
    }
    bench.assertSame();
  }

  @Test
  void theSecondConnectionIsClosedWhenThereIsNoBacklog() {
    record("front", 1);
    bench.start().steps(20);
    assertEquals(2, bench.store.connections);
    bench.steps(330);
    assertEquals(1, bench.store.connections);
    bench.assertSame();
  }

  @Test
  void whatTheReplicaDeletedIsNotShippedAgain() {
    List<SegmentKey> keys = record("front", 3);
    bench.start();
    bench.replica.deleted(MemoryStore.ID, keys.get(4));
    bench.steps(60);
    List<SegmentKey> expected = new ArrayList<>(keys.subList(5, 9));
    Collections.reverse(expected);
    assertEquals(expected, bench.store.order);
    bench.store.order.clear();
    bench.store.sent = 0;
    bench.start().steps(60);
    assertEquals(List.of(), List.copyOf(bench.store.order.subList(3, bench.store.order.size())));
    assertEquals(0, bench.store.sent, "also after a restart");
  }

  @Test
  void aForeignFileConcernsOnlyItsSegment() {
    List<SegmentKey> keys = record("front", 3);
    SegmentKey foreign = keys.get(4);
    bench.store.fault =
        (call, key) -> {
          if (call.equals("open") && foreign.equals(key)) {
            throw new ReplicaException(
                ReplicaException.Kind.FOREIGN, "is not ours; move it away", null);
          }
        };
    bench.start().steps(100);
    assertEquals(8, bench.store.files.size());
    assertTrue(bench.replica.status().problem().contains("move it away"));
    assertFalse(bench.replica.confirmed(foreign));
    assertTrue(bench.replica.confirmed(keys.get(3)));
    bench.store.fault = (call, key) -> {};
    bench.pass(Duration.ofMinutes(5));
    bench.steps(30);
    bench.assertSame();
    assertEquals("", bench.replica.status().problem());
  }

  @Test
  void aFullReplicaIsReportedAndFilledWhenThereIsRoom() {
    record("front", 2);
    boolean[] full = {true};
    bench.store.fault =
        (call, key) -> {
          if (call.equals("append") && full[0]) {
            throw new ReplicaException(ReplicaException.Kind.FULL, "it is full", null);
          }
        };
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    bench.source.write(key, 500);
    bench.steps(20);
    assertTrue(bench.replica.status().connected());
    assertTrue(bench.replica.status().problem().contains("it is full"));
    full[0] = false;
    bench.pass(Duration.ofSeconds(15));
    bench.steps(60);
    bench.assertSame();
    assertEquals("", bench.replica.status().problem());
  }

  @Test
  void aSourceThatGoesAwayIsWaitedFor() {
    record("front", 2);
    bench.start().steps(3);
    bench.sources.clear();
    bench.steps(20);
    assertTrue(bench.replica.status().problem().contains("no local storage"));
    bench.sources.put(MemorySource.ID, bench.source);
    bench.source.away = true;
    bench.steps(20);
    bench.source.away = false;
    bench.replica.sourceChanged();
    bench.pass(Duration.ofSeconds(1));
    bench.steps(60);
    bench.assertSame();
    assertEquals("", bench.replica.status().problem());
  }

  @Test
  void ofSeveralSourcesOneMustBeNamed() {
    bench.sources.put("other", bench.source);
    bench.start().steps(1);
    assertTrue(
        bench.replica.status().problem().contains("archive, other"),
        bench.replica.status().problem());
  }

  @Test
  void aSegmentDeletedHereIsForgotten() {
    List<SegmentKey> keys = record("front", 2);
    bench.start().steps(1);
    bench.source.delete(keys.get(0));
    bench.source.delete(keys.get(1));
    bench.steps(60);
    bench.assertSame();
    assertEquals(0, bench.progress("front").backlogBytes());
  }

  @Test
  void noFileIsLeftOpen() {
    int before = MemoryChannel.open;
    record("front", 3);
    bench.start().steps(60);
    assertEquals(before, MemoryChannel.open);
  }

  @Test
  void aServerThatRefusesIsNotAskedForEverySegment() {
    record("front", 10);
    for (ReplicaException.Kind kind :
        List.of(ReplicaException.Kind.FULL, ReplicaException.Kind.REFUSED)) {
      bench.store.order.clear();
      bench.store.fault =
          (call, key) -> {
            if (call.equals("append")) {
              throw new ReplicaException(kind, "takes nothing", null);
            }
          };
      bench.start().steps(140);
      assertEquals(1, bench.store.order.size(), kind + " in 14 s");
    }
  }

  @Test
  void whatCannotBeListedIsReportedAndTheLiveHeadGoesOn() {
    bench.store.mostConnections = 1;
    record("front", 2);
    bench.store.fault =
        (call, key) -> {
          if (call.equals("sizes")) {
            throw new ReplicaException(ReplicaException.Kind.REFUSED, "cannot be listed", null);
          }
        };
    bench.start();
    SegmentKey key = bench.source.begin("back", Bench.START);
    for (int i = 0; i < 30; i++) {
      bench.source.write(key, 500);
      bench.steps(1);
      bench.assertSame(key);
    }
    assertTrue(bench.replica.status().problem().contains("cannot be listed"));
    assertTrue(bench.replica.status().connected());
    bench.store.fault = (call, any) -> {};
    bench.pass(Duration.ofSeconds(15));
    bench.steps(60);
    bench.assertSame();
    assertEquals("", bench.replica.status().problem());
  }

  @Test
  void afterALongOutageWhatWasConfirmedIsComparedAgain() {
    List<SegmentKey> keys = record("front", 3);
    bench.start().steps(60);
    assertTrue(bench.replica.confirmed(keys.get(0)));
    bench.store.fault =
        (call, key) -> {
          throw MemoryStore.broken();
        };
    bench.steps(30);
    bench.store.files.remove(keys.get(0));
    bench.pass(Duration.ofMinutes(11));
    bench.steps(1);
    assertTrue(bench.replica.confirmed(keys.get(1)), "not forgotten for that");
    bench.store.order.clear();
    bench.store.fault = (call, key) -> {};
    bench.pass(Duration.ofSeconds(3));
    bench.steps(60);
    bench.assertSame();
    assertFalse(bench.store.order.contains(keys.get(1)), "its size was enough");
    keys.forEach(key -> assertTrue(bench.replica.confirmed(key), key.path()));
  }
}
