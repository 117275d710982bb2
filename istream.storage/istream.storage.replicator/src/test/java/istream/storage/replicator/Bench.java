// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.FootageSource;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicationStatus.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A replication with both its sides in memory, driven step by step. */
final class Bench {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  final MemorySource source = new MemorySource();
  final MemoryStore store = new MemoryStore();
  final Map<String, FootageSource> sources = new TreeMap<>(Map.of(MemorySource.ID, source));
  final List<Thread> threads = new ArrayList<>();
  private final Path data;
  long nanos;
  Replica replica;

  Bench(Path data) {
    this.data = data;
  }

  /** Starts, or starts again, without threads. */
  Bench start() {
    replica =
        Assembly.replica(
            store,
            () -> sources,
            data,
            Clock.offset(Clock.fixed(START, ZoneOffset.UTC), Duration.ZERO),
            () -> nanos,
            this::idle);
    replica.load();
    source.listener = replica;
    return this;
  }

  /** Its steps are taken by {@link #steps}. */
  private Thread idle(Runnable any) {
    Thread thread = new Thread(() -> {});
    threads.add(thread);
    return thread;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Takes so many steps, with 100 ms between. */
  void steps(int count) {
    for (int i = 0; i < count; i++) {
      replica.step();
      replica.backlogStep();
      replica.furtherStep();
      pass(Duration.ofMillis(100));
    }
  }

  Progress progress(String camera) {
    return replica.status().cameras().stream()
        .filter(progress -> progress.camera().equals(camera))
        .findFirst()
        .orElseThrow();
  }

  void assertSame() {
    assertEquals(new TreeSet<>(source.segments.keySet()), store.files.keySet());
    source.segments.keySet().forEach(this::assertSame);
  }

  void assertSame(SegmentKey key) {
    assertArrayEquals(source.bytes(key), store.files.get(key), key.path());
  }
}
