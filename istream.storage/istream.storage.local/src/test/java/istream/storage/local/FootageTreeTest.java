// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pruned when footage is deleted, and what keeps it from being pruned. */
final class FootageTreeTest {
  private static final Instant LATER = Footage.START.plus(Duration.ofDays(100));

  @TempDir Path root;
  private final ObservedDisk disk = new ObservedDisk();
  private FootageTree tree;

  @BeforeEach
  void open() {
    tree = new FootageTree(disk.path(root));
  }

  private static SegmentKey key(int day) {
    return new SegmentKey("front", Footage.START.plus(Duration.ofDays(day)));
  }

  private Path put(SegmentKey key, String ending) throws IOException {
    Path file = root.resolve(key.path() + ending);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private void delete(SegmentKey key) throws IOException {
    Files.delete(root.resolve(key.path()));
    tree.prune(key, LATER);
  }

  private Path day(int day) {
    return root.resolve(key(day).path()).getParent().getParent();
  }

  @Test
  void aFileSetAsideStaysAndStopsNoPruningOfLaterDays() throws Exception {
    Path broken = put(key(0), ".broken");
    put(key(1), "");
    put(key(2), "");
    Files.writeString(day(1).resolve("gaps.jsonl"), "");
    delete(key(1));
    assertFalse(Files.exists(day(1)));
    assertTrue(Files.exists(broken), "it is the owner's");
    assertTrue(Files.exists(day(2)));
  }

  @Test
  void whatOthersNamedLikeAnHourStays() throws Exception {
    put(key(0), "");
    Path note = Files.writeString(day(0).resolve("23"), "closing hours");
    delete(key(0));
    assertEquals("closing hours", Files.readString(note));
  }

  @Test
  void anEmptyHourLeftBehindIsRemovedWithItsDay() throws Exception {
    put(key(1), "");
    put(key(2), "");
    Files.createDirectories(day(0).resolve("07"));
    Files.writeString(day(0).resolve("gaps.jsonl"), "");
    delete(key(1));
    assertEquals(List.of(day(2)), days());
  }

  @Test
  void aDayIsPrunedEvenWhileOlderFootageStays() throws Exception {
    put(key(0), "");
    put(key(1), "");
    put(key(2), "");
    delete(key(1));
    assertEquals(List.of(day(0), day(2)), days());
  }

  @Test
  void whatAReplicaLacksIsKnownForAYearAfterItIsGoneHere() throws Exception {
    Gap loss = gap(key(0), "attic");
    put(key(0), "");
    tree.record(loss);
    tree.record(gap(key(0), ""));
    Files.delete(root.resolve(key(0).path()));
    tree.prune(key(0), loss.to().orElseThrow().plus(Duration.ofDays(399)));
    assertTrue(tree.gaps("front", "2026-03-01").read().contains(loss));
    tree.prune(key(0), loss.to().orElseThrow().plus(Duration.ofDays(400)));
    assertFalse(Files.exists(root.resolve("front")));
  }

  private static Gap gap(SegmentKey key, String storage) {
    Optional<Instant> end = Optional.of(key.start().plusSeconds(60));
    return new Gap("front", key.start(), end, GapCause.NETWORK, "", storage);
  }

  @Test
  void aLookDoesNotWalkTheDaysThatAreStillThere() throws Exception {
    for (int day = 0; day < 50; day++) {
      put(key(day), "");
    }
    List<String> listed = new ArrayList<>();
    disk.watch(
        (operation, file) -> {
          if (operation.equals("list")) {
            listed.add(root.relativize(file).toString());
          }
        });
    delete(key(0));
    assertEquals(
        List.of("front/2026-03-01", "front", "front/2026-03-02", "front/2026-03-02/10"), listed);
  }

  private List<Path> days() throws IOException {
    try (var entries = Files.list(root.resolve("front"))) {
      return entries.sorted().toList();
    }
  }
}
