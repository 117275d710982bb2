// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.replication.Capabilities;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads that the link cannot carry, and stores that take them only in groups. */
final class LateHeadTest {
  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void bench() {
    bench = new Bench(data);
  }

  private void breakLink(boolean broken) {
    bench.store.fault =
        (call, key) -> {
          if (broken) {
            throw MemoryStore.broken();
          }
        };
  }

  @Test
  void theRecorderIsAskedOnceToCutAndTheNextSegmentIsLiveAtOnce() {
    bench.start();
    SegmentKey old = bench.source.begin("front", Bench.START);
    bench.steps(1);
    breakLink(true);
    bench.source.write(old, 100);
    bench.steps(1);
    for (int i = 0; i < 20; i++) {
      bench.source.write(old, 400_000);
    }
    breakLink(false);
    bench.pass(Duration.ofSeconds(4));
    bench.steps(2);
    assertEquals(List.of(old), bench.source.cuts);
    SegmentKey fresh = bench.source.begin("front", bench.source.until(old));
    bench.source.close(old);
    bench.source.write(fresh, 400_000);
    bench.replica.step();
    bench.assertSame(fresh);
    assertEquals(Optional.of(Duration.ZERO), bench.progress("front").atRisk());
    assertTrue(bench.progress("front").backlogBytes() > 0);
    bench.steps(40);
    bench.assertSame();
    assertTrue(bench.replica.confirmed(old));
  }

  @Test
  void aLimitHoldsForAllTogetherAndTheLiveHeadComesFirst() {
    bench.store.terms = new ReplicaTerms("", true, OptionalLong.of(80_000), 2);
    for (int i = 0; i < 10; i++) {
      bench.source.record("back", Bench.START.minusSeconds(7200 + 10L * i), 10, 2000);
    }
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    for (int i = 0; i < 40; i++) {
      bench.source.write(key, 2000);
      bench.steps(5);
      bench.assertSame(key);
    }
    long most = 10_000 * 21 + 4000;
    assertTrue(bench.store.sent <= most, bench.store.sent + " of " + most);
    assertTrue(bench.store.sent > 10_000 * 19, "the rest is used: " + bench.store.sent);
  }

  @Test
  void aStoreThatCannotAppendIsGivenGroups() {
    bench.store.capabilities = new Capabilities(false, true, true, true, true, 3000);
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    for (int i = 0; i < 8; i++) {
      bench.source.write(key, 1000);
      bench.steps(1);
    }
    assertEquals(2, bench.store.commits);
    bench.source.close(key);
    bench.steps(2);
    assertEquals(3, bench.store.commits, "the end is worth one");
    bench.assertSame();
    assertTrue(bench.replica.confirmed(key));
  }

  @Test
  void aRefusalIsAnAlarmAndTriedAgainEvery15Seconds() {
    int[] tries = {0};
    bench.store.fault =
        (call, key) -> {
          tries[0]++;
          throw new ReplicaException(
              ReplicaException.Kind.REFUSED, "the host key has changed; istream:trust", null);
        };
    bench.start().steps(600);
    assertTrue(bench.replica.status().problem().contains("istream:trust"));
    assertTrue(tries[0] >= 4 && tries[0] <= 6, "tries in a minute: " + tries[0]);
  }

  @Test
  void aFaultOfOursEndsNothing() {
    boolean[] faulty = {true};
    bench.store.fault =
        (call, key) -> {
          if (faulty[0] && call.equals("open")) {
            throw new IllegalStateException("a fault that a test planted");
          }
        };
    bench.start();
    SegmentKey key = bench.source.begin("front", Bench.START);
    bench.source.write(key, 500);
    bench.steps(5);
    assertTrue(bench.replica.status().problem().contains("a fault of istream"));
    faulty[0] = false;
    bench.steps(40);
    bench.assertSame();
  }
}
