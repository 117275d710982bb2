// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded lies on the replica, whatever becomes of the link. */
final class LiveHeadTest {
  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void start() {
    bench = new Bench(data).start();
  }

  @Test
  void whatIsWrittenIsThereAfterTheNextRound() {
    SegmentKey key = bench.source.begin("front", Bench.START);
    bench.source.write(key, 500);
    bench.source.write(key, 700);
    bench.steps(1);
    bench.assertSame();
    assertEquals(1, bench.store.commits, "what came together is committed together");
    assertEquals(Optional.of(Duration.ZERO), bench.progress("front").atRisk());
    assertTrue(bench.replica.status().connected());
    assertFalse(bench.replica.confirmed(key), "an open segment is not confirmed");
    bench.source.close(key);
    bench.steps(1);
    assertTrue(bench.replica.confirmed(key));
  }

  @Test
  void secondsAtRiskCountFromTheNewestDurableFrame() {
    SegmentKey key = bench.source.begin("front", Bench.START);
    bench.source.write(key, 500);
    assertEquals(Optional.empty(), bench.progress("front").atRisk(), "not known yet");
    bench.steps(1);
    bench.store.fault =
        (call, any) -> {
          throw MemoryStore.broken();
        };
    for (int i = 0; i < 7; i++) {
      bench.source.write(key, 500);
      bench.steps(1);
    }
    assertEquals(Optional.of(Duration.ofMillis(3500)), bench.progress("front").atRisk());
    assertEquals(3500, bench.progress("front").backlogBytes());
    assertEquals(Optional.of(Bench.START.plusMillis(500)), bench.progress("front").durableUntil());
    assertFalse(bench.replica.status().connected());
    assertTrue(bench.replica.status().problem().contains("the link is broken"));
    bench.store.fault = (call, any) -> {};
    bench.steps(31);
    assertEquals(Optional.of(Duration.ZERO), bench.progress("front").atRisk());
    assertEquals("", bench.replica.status().problem());
    bench.assertSame();
  }

  @Test
  void aSegmentThatWasOpenBeforeTheStartIsTakenUpWithTheUnitsBefore() {
    bench.source.listener = null;
    SegmentKey key = bench.source.begin("front", Bench.START);
    bench.source.write(key, 500);
    bench.source.listener = bench.replica;
    bench.source.write(key, 600);
    bench.steps(1);
    bench.assertSame();
  }

  @Test
  void everyFileIsTheSameInTheEndHoweverOftenTheLinkBreaks() {
    for (int seed = 0; seed < 40; seed++) {
      bench = new Bench(data.resolve("run" + seed)).start();
      Random random = new Random(seed);
      bench.store.fault =
          (call, any) -> {
            if (random.nextInt(8) == 0) {
              throw MemoryStore.broken();
            }
          };
      SegmentKey key = bench.source.begin("front", Bench.START);
      for (int i = 0; i < 120; i++) {
        bench.source.write(key, 1 + random.nextInt(3000));
        if (i % 20 == 19) {
          bench.source.close(key);
          key = bench.source.begin("front", bench.source.until(key));
        }
        bench.steps(random.nextInt(4));
      }
      bench.store.fault = (call, any) -> {};
      bench.steps(200);
      bench.assertSame();
      assertEquals(Optional.of(Duration.ZERO), bench.progress("front").atRisk());
    }
  }
}
