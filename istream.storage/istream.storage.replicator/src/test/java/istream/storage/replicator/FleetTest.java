// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection that is too slow gets another beside it. */
final class FleetTest {
  @TempDir Path data;
  private Bench bench;

  @BeforeEach
  void slowLink() {
    bench = new Bench(data);
    bench.store.terms = new ReplicaTerms("", true, OptionalLong.empty(), 3);
    bench.store.fault =
        (call, key) -> {
          if (call.equals("append")) {
            bench.pass(Duration.ofMillis(300));
          }
        };
    bench.start();
  }

  /** Two cameras whose units come faster than one connection takes them. */
  private void record(int segments) {
    for (int segment = 0; segment < segments; segment++) {
      SegmentKey front = bench.source.begin("front", Bench.START.plusSeconds(segment * 20L));
      SegmentKey back = bench.source.begin("back", Bench.START.plusSeconds(segment * 20L));
      for (int i = 0; i < 40; i++) {
        bench.source.write(front, 300_000);
        bench.source.write(back, 300_000);
        if (i % 4 == 0) {
          bench.steps(1);
        }
      }
      bench.source.close(front);
      bench.source.close(back);
    }
  }

  @Test
  void aFurtherConnectionTakesNewSegments() {
    record(4);
    assertEquals(3, bench.store.connections, "first, backlog, further");
    bench.steps(1500);
    bench.assertSame();
  }

  @Test
  void theFirstTakesTheHeadsBackIfItIsRefused() {
    bench.store.mostConnections = 1;
    record(4);
    bench.steps(1500);
    assertEquals(1, bench.store.connections);
    bench.assertSame();
  }
}
