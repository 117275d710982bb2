// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.StoreStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, without a floor that would notice before. */
final class FullDiskTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);

  @TempDir Path data;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(data.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()) == 0;
    Peers.require(mounted, "mounting a small tmpfs needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void theFileEndsWithTheLastWholeUnitAndRecordingGoesOnAfterADeletion() throws Exception {
    Map<String, String> properties =
        Map.of("service.pid", "x~archive", "path", "disk", "min.free.megabytes", "0");
    LocalSettings settings = LocalSettings.of(properties, data);
    FreeSpace.Probe optimist = () -> Long.MAX_VALUE / 2;
    try (LocalStorage storage =
        new LocalStorage(settings, Clock.systemUTC(), System::nanoTime, List::of, optimist)) {
      storage.start();
      SegmentKey old = new SegmentKey("front", KEY.start().minusSeconds(60));
      OpenSegment first = storage.archive().create(old, Footage.init(old.start()));
      for (int i = 0; i < 30; i++) {
        first.append(Footage.fragment(old.start(), i));
      }
      first.close();
      OpenSegment segment = storage.archive().create(KEY, Footage.init(KEY.start()));
      FootageException full =
          assertThrows(FootageException.class, () -> fill(segment), "256 kB hold no more");
      assertTrue(full.retryable(), full.getMessage());
      List<Fragment> units = segment.fragments();
      Fragment last = units.get(units.size() - 1);
      Path file = disk.resolve(KEY.path());
      assertEquals(last.offset() + last.length(), Files.size(file));
      assertEquals(StoreStatus.State.FULL, storage.store().status().state());

      storage.store().delete(old);
      OpenSegment again = storage.archive().reopen(KEY, segment.length());
      again.append(Footage.fragment(KEY.start(), units.size() - 1));
      assertEquals(StoreStatus.State.READY, storage.store().status().state());
      again.close();
      assertEquals(again.length(), Files.size(file));
      assertEquals(units.get(0), again.fragments().get(0));
      assertEquals(units.size() + 1, again.fragments().size());
    }
  }

  private static void fill(OpenSegment segment) throws FootageException {
    for (int i = 0; i < 1_000; i++) {
      segment.append(Footage.fragment(segment.key().start(), i));
    }
  }
}
