// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import istream.api.footage.Fragment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed at any moment loses no fragment that was appended. */
final class KillTest {
  private static final int MOST_KILLS = 20;
  private static final int LARGE = 8_000_000;

  @TempDir Path data;

  @Test
  void whatWasAppendedIsThereAfterTheProcessWasKilled() throws Exception {
    Random random = new Random(7);
    for (int kill = 0; kill < 4; kill++) {
      long acknowledged = recordAndKill(1 + random.nextInt(400), 1_000);
      assertRecovered(acknowledged);
    }
  }

  @Test
  void aUnitThatTheKillToreIsCutOff() throws Exception {
    int torn = 0;
    for (int kill = 0; kill < MOST_KILLS && torn == 0; kill++) {
      long acknowledged = recordAndKill(1 + kill % 3, LARGE);
      Path file = newest();
      torn += isTorn(file) ? 1 : 0;
      assertRecovered(acknowledged);
      Files.delete(file);
    }
    assumeTrue(torn > 0, "skipped: here a write is finished even when its process is killed");
  }

  private Path newest() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("footage"))) {
      return files
          .filter(file -> file.toString().endsWith(SegmentKey.SUFFIX))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static boolean isTorn(Path path) throws IOException {
    SegmentKey key = SegmentKey.parse(path.getFileName().toString()).orElseThrow();
    try (FootageFile file = new FootageFile(key, path)) {
      return file.wholeEnd() < Files.size(path);
    }
  }

  /** Opens the storage as the next process does. */
  private void assertRecovered(long acknowledged) throws Exception {
    LocalSettings settings = LocalSettings.of(Map.of("service.pid", "x~archive"), data);
    try (LocalStorage storage =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, () -> Long.MAX_VALUE)) {
      Segment newest = last(storage);
      assertTrue(newest.open(), "who recorded it may go on, until the camera begins another");
      assertTrue(newest.bytes() >= acknowledged, newest.bytes() + " of " + acknowledged + " bytes");
      assertOnlyWholeUnits(newest.key(), Path.of(newest.file()));
    }
  }

  private static Segment last(LocalStorage storage) throws Exception {
    try (Stream<Segment> segments = storage.store().list(SegmentQuery.ALL)) {
      return segments.reduce((a, b) -> b).orElseThrow();
    }
  }

  private static void assertOnlyWholeUnits(SegmentKey key, Path path) throws Exception {
    try (FootageFile file = new FootageFile(key, path)) {
      List<Fragment> units = file.units();
      Fragment end = units.get(units.size() - 1);
      assertEquals(Files.size(path), end.offset() + end.length());
      assertEquals(key.start().plus(Footage.LENGTH.multipliedBy(units.size() - 1)), end.end());
    }
  }

  /** Kills in the middle of a write; returns the length that the process said it had before. */
  private long recordAndKill(int fragments, int bytes) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            data.toString(),
            String.valueOf(bytes));
    Process victim = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long acknowledged = 0;
    try (BufferedReader said = victim.inputReader()) {
      for (int i = 0; i < fragments; i++) {
        acknowledged = Long.parseLong(said.readLine());
      }
      Path file = newest();
      while (victim.isAlive() && Files.size(file) <= acknowledged) {
        Thread.onSpinWait();
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
    return acknowledged;
  }
}
