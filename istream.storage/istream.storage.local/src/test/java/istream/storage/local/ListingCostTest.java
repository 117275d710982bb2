// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listing touches what it hands out, not the archive. */
final class ListingCostTest {
  private static final int HOURS = 60;
  private static final int PER_HOUR = 10;

  @TempDir Path data;
  private final ObservedDisk disk = new ObservedDisk();
  private final Set<String> touched = ConcurrentHashMap.newKeySet();
  private final Set<String> listed = ConcurrentHashMap.newKeySet();
  private LocalStorage storage;

  private static SegmentKey key(String camera, int number) {
    long seconds = (number / PER_HOUR) * 3_600L + (number % PER_HOUR) * 60L;
    return new SegmentKey(camera, Footage.START.plusSeconds(seconds));
  }

  @BeforeEach
  void fill() throws Exception {
    for (int number = 0; number < HOURS * PER_HOUR; number++) {
      for (String camera : List.of("back", "front")) {
        SegmentKey key = key(camera, number);
        Path file = data.resolve("footage").resolve(key.path());
        Files.createDirectories(file.getParent());
        Files.write(file, Footage.bytes(Footage.init(key.start())));
        Files.write(
            file, Footage.bytes(Footage.fragment(key.start(), 0)), StandardOpenOption.APPEND);
      }
    }
    LocalSettings settings = LocalSettings.of(Map.of("service.pid", "x~archive"), disk.path(data));
    storage =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, () -> Long.MAX_VALUE / 2);
    storage.start();
    LocalStorageTest.await(() -> storage.store().status().usedBytes().isPresent());
    disk.watch(
        (operation, file) -> {
          if (file.toString().endsWith(SegmentKey.SUFFIX)) {
            touched.add(file.getFileName().toString());
          } else if (operation.equals("list")) {
            listed.add(file.toString());
          }
        });
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private Set<String> handedOut(SegmentQuery query, int most) throws Exception {
    try (Stream<Segment> segments = storage.store().list(query)) {
      List<String> names = new ArrayList<>();
      segments.limit(most).forEach(segment -> names.add(segment.key().fileName()));
      return new TreeSet<>(names);
    }
  }

  @Test
  void theOldestFewCostNothingOfTheRest() throws Exception {
    Set<String> names = handedOut(SegmentQuery.ALL, 5);
    assertEquals(5, names.size());
    assertEquals(names, new TreeSet<>(touched));
    assertTrue(listed.size() <= 12, "directories that were read: " + listed);
  }

  @Test
  void aSpanOfTimeCostsNothingOfTheTimeAround() throws Exception {
    Instant from = key("front", 301).start();
    SegmentQuery query = new SegmentQuery("front", from, from.plusSeconds(180));
    Set<String> names = handedOut(query, Integer.MAX_VALUE);
    assertEquals(3, names.size());
    assertEquals(names, new TreeSet<>(touched));
  }
}
