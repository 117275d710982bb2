// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicationStatus;
import java.io.ByteArrayOutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week of eight cameras, 80,640 files and more, is kept as sums. */
final class MemoryTest {
  private static final int HOURS = 7 * 24;
  private static final int FILES = 75;

  @TempDir Path data;

  @Test
  void aWeekOfBacklogIsASumForEachHour() {
    MemoryStore store = new MemoryStore();
    store.fault =
        (call, key) -> {
          if (call.equals("open")) {
            throw MemoryStore.broken();
          }
        };
    long[] nanos = {0};
    Replica replica =
        Assembly.replica(
            store,
            () -> Map.of(MemorySource.ID, new Week()),
            data,
            Clock.fixed(Bench.START, ZoneOffset.UTC),
            () -> nanos[0],
            task -> new Thread(() -> {}));
    long before = used();
    for (int i = 0; i < 3000; i++) {
      replica.step();
      replica.backlogStep();
      nanos[0] += Duration.ofMillis(100).toNanos();
    }
    long retained = used() - before;
    ReplicationStatus status = replica.status();
    assertEquals(8, status.cameras().size());
    long bytes = status.cameras().stream().mapToLong(camera -> camera.backlogBytes()).sum();
    assertTrue(status.cameras().stream().allMatch(camera -> camera.counted()));
    assertEquals(8L * HOURS * FILES * 1_000_000, bytes, "each of 100,800 files");
    assertTrue(retained < 3_000_000, "bytes retained: " + retained);
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Makes up names and sizes. */
  private static final class Week implements FootageSource {
    @Override
    public List<String> cameras() {
      return IntStream.range(0, 8).mapToObj(number -> "camera" + number).toList();
    }

    @Override
    public List<Instant> hours(String camera) {
      Instant first = Bench.START.minus(Duration.ofHours(HOURS + 1));
      return IntStream.range(0, HOURS)
          .mapToObj(number -> first.plus(Duration.ofHours(number)))
          .toList();
    }

    @Override
    public List<Extent> hour(String camera, Instant hour) {
      List<Extent> extents = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        extents.add(
            new Extent(new SegmentKey(camera, hour.plusSeconds(48L * i)), 1_000_000, false));
      }
      return extents;
    }

    @Override
    public List<Fragment> units(SegmentKey key) {
      return List.of();
    }

    @Override
    public SeekableByteChannel open(SegmentKey key) throws FootageException {
      return new MemoryChannel(new ByteArrayOutputStream());
    }

    @Override
    public void cut(SegmentKey key) {}
  }
}
