// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals are right whatever is deleted while the files are being counted. */
final class UsageTest {
  private static final SegmentKey FIRST = new SegmentKey("front", Footage.START);
  private static final SegmentKey SECOND = new SegmentKey("front", Footage.START.plusMillis(1));

  @TempDir Path root;
  private final ObservedDisk disk = new ObservedDisk();
  private FootageTree tree;
  private Usage usage;

  @BeforeEach
  void fill() throws IOException {
    tree = new FootageTree(disk.path(root));
    usage = new Usage(tree);
    Files.createDirectories(tree.file(FIRST).getParent());
    Files.write(tree.file(FIRST), new byte[100]);
    Files.write(tree.file(SECOND), new byte[1_000]);
  }

  /** Counts; runs a deed once the directory was read, and the first of the two files measured. */
  private void countAnd(Runnable deed) throws IOException {
    int walk = usage.restart();
    boolean[] done = {false};
    disk.watch(
        (operation, file) -> {
          if (!done[0] && file.getFileName().toString().equals(SECOND.fileName())) {
            done[0] = true;
            deed.run();
          }
        });
    usage.count(walk);
  }

  @Test
  void whatIsDeletedWhileItsHourIsCountedDoesNotCount() throws Exception {
    countAnd(
        () -> {
          usage.leaves(FIRST, 100);
          usage.left(FIRST, true);
        });
    assertEquals(OptionalLong.of(1_000), usage.bytes("front"));
  }

  @Test
  void whatCouldNotBeDeletedCounts() throws Exception {
    countAnd(
        () -> {
          usage.leaves(FIRST, 100);
          usage.left(FIRST, false);
        });
    assertEquals(OptionalLong.of(1_100), usage.bytes("front"));
  }

  @Test
  void aDeletionUnderWayWhenCountingBeginsAnewCountsOnce() throws Exception {
    usage.leaves(FIRST, 100);
    countAnd(() -> usage.left(FIRST, true));
    assertEquals(OptionalLong.of(1_000), usage.bytes("front"));
    usage.leaves(SECOND, 1_000);
    usage.left(SECOND, true);
    usage.left(SECOND, true);
    assertEquals(OptionalLong.of(0), usage.bytes(""));
  }

  @Test
  void afterAFailureItGoesOnWhereItWas() throws Exception {
    SegmentKey later = new SegmentKey("front", Footage.START.plusSeconds(3_600));
    Files.createDirectories(tree.file(later).getParent());
    Files.write(tree.file(later), new byte[10]);
    boolean[] failed = {false};
    disk.watch(
        (operation, file) -> {
          if (operation.equals("list") && file.endsWith("11") && !failed[0]) {
            failed[0] = true;
            throw new IOException("no answer");
          }
        });
    int walk = usage.restart();
    assertThrows(IOException.class, () -> usage.count(walk));
    assertEquals(OptionalLong.empty(), usage.bytes(""));
    // what happens in between, before and behind the place of the failure
    usage.leaves(FIRST, 100);
    usage.left(FIRST, true);
    usage.add(SECOND, 7);
    usage.made(new SegmentKey("front", later.start().plusSeconds(60)));
    usage.add(new SegmentKey("front", later.start().plusSeconds(60)), 5);
    usage.count(walk);
    assertEquals(OptionalLong.of(1_022), usage.bytes("front"));
  }
}
