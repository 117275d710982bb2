// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras, backlog, restarts, deletions and faults of every kind at once. */
final class RandomOutageTest {
  private static final Kind[] FAULTS = {
    Kind.LINK, Kind.LINK, Kind.REFUSED, Kind.FULL, Kind.FOREIGN
  };

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void inTheEndBothSidesAreTheSame(int seed) {
    Random random = new Random(seed);
    Bench bench = new Bench(data);
    for (int i = 0; i < 20; i++) {
      bench.source.record("front", Bench.START.minusSeconds(20_000 - 700L * i), 6, 2000);
    }
    bench.store.fault =
        (call, key) -> {
          if (random.nextInt(25) == 0) {
            throw new ReplicaException(FAULTS[random.nextInt(FAULTS.length)], "planted", null);
          }
        };
    bench.start();
    Map<String, SegmentKey> open = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      String camera = random.nextBoolean() ? "front" : "back";
      SegmentKey key = open.get(camera);
      if (key == null) {
        open.put(camera, bench.source.begin(camera, Bench.START.plusMillis(500L * i)));
      } else if (random.nextInt(20) == 0) {
        bench.source.close(open.remove(camera));
      } else {
        bench.source.write(key, 1 + random.nextInt(3000));
      }
      if (random.nextInt(100) == 0) {
        bench.start();
      }
      bench.source.away = random.nextInt(10) == 0;
      bench.steps(random.nextInt(3));
    }
    bench.source.away = false;
    bench.store.fault = (call, key) -> {};
    bench.pass(Duration.ofMinutes(61));
    bench.steps(700);
    bench.assertSame();
    for (String camera : bench.source.segments.keySet().stream().map(SegmentKey::camera).toList()) {
      assertEquals(Optional.of(Duration.ZERO), bench.progress(camera).atRisk());
      assertEquals(0, bench.progress(camera).backlogBytes());
    }
    for (SegmentKey key : bench.source.segments.keySet()) {
      assertEquals(!open.containsValue(key), bench.replica.confirmed(key), key.path());
    }
    assertTrue(bench.replica.status().problem().isEmpty(), bench.replica.status().problem());
  }
}
