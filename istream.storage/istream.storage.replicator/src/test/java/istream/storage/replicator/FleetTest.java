// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection that is too slow gets another beside it. */
final class FleetTest {
  private static final int UNITS = 300;

  @TempDir Path data;
  private Bench bench;
  private List<SegmentKey> open = List.of();
  private int written;

  @BeforeEach
  void slowLink() {
    bench = new Bench(data);
    bench.store.terms = new ReplicaTerms("", true, OptionalLong.empty(), 3);
    bench.store.fault =
        (call, key) -> {
          if (call.equals("append")) {
            bench.pass(Duration.ofMillis(400));
            writeWhatIsDue();
          }
        };
    bench.start();
  }

  /** Two cameras of two units a second each: more than one connection takes. */
  private void writeWhatIsDue() {
    while (written < UNITS && written * MemorySource.UNIT.toNanos() <= bench.nanos) {
      if (written % 100 == 0) {
        open.forEach(bench.source::close);
        Instant now = Bench.START.plusNanos(bench.nanos);
        open = List.of(bench.source.begin("front", now), bench.source.begin("back", now));
      }
      open.forEach(key -> bench.source.write(key, 10_000));
      written++;
    }
  }

  private void record() {
    for (int i = 0; i < 2000; i++) {
      writeWhatIsDue();
      bench.steps(1);
    }
    open.forEach(bench.source::close);
    bench.steps(50);
  }

  @Test
  void aFurtherConnectionTakesNewSegments() {
    record();
    assertTrue(
        bench.threads.stream()
            .anyMatch(thread -> thread.getName().equals("istream-replica-offsite-1")),
        bench.threads.toString());
    assertTrue(bench.store.connections >= 2, "without a backlog: first, further");
    bench.assertSame();
  }

  @Test
  void theFirstTakesTheHeadsBackIfItIsRefused() {
    bench.store.mostConnections = 1;
    record();
    assertEquals(1, bench.store.connections);
    bench.assertSame();
  }
}
