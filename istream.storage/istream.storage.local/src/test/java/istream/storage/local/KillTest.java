// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Fragment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed at any moment loses no fragment that was appended. */
final class KillTest {
  @TempDir Path data;

  @Test
  void whatWasAppendedIsThereAfterTheProcessWasKilled() throws Exception {
    Random random = new Random(7);
    for (int kill = 0; kill < 4; kill++) {
      long acknowledged = recordAndKill(1 + random.nextInt(400));
      LocalSettings settings = LocalSettings.of(Map.of("service.pid", "x~archive"), data);
      try (LocalStorage storage =
          new LocalStorage(
              settings, Clock.systemUTC(), System::nanoTime, List::of, () -> Long.MAX_VALUE)) {
        Segment newest = last(storage);
        assertTrue(newest.open(), "who recorded it may go on, until the camera begins another");
        assertTrue(
            newest.bytes() >= acknowledged, newest.bytes() + " of " + acknowledged + " bytes");
        assertOnlyWholeUnits(newest.key(), Path.of(newest.file()));
      }
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

  /** Returns the length that the process said it had, when it was killed. */
  private long recordAndKill(int fragments) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            data.toString());
    Process victim = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long acknowledged = 0;
    try (BufferedReader said = victim.inputReader()) {
      for (int i = 0; i < fragments; i++) {
        acknowledged = Long.parseLong(said.readLine());
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
    return acknowledged;
  }
}
