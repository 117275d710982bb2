// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dead process left is cut to whole units, whatever else lies there. */
final class RecoveryTest {
  private static final Instant NOW = Footage.START.plusSeconds(30);

  @TempDir Path root;
  private final ObservedDisk disk = new ObservedDisk();
  private final Health health = new Health("archive");

  private List<SegmentKey> recover() throws IOException {
    return new Recovery(new FootageTree(disk.path(root)), health).run(NOW);
  }

  private static SegmentKey key(String camera, Duration after) {
    return new SegmentKey(camera, Footage.START.plus(after));
  }

  private byte[] units(SegmentKey key, int fragments, boolean tail) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Footage.bytes(Footage.init(key.start())));
    int last = 0;
    for (int i = 0; i < fragments; i++) {
      last = bytes.size();
      bytes.write(Footage.bytes(Footage.fragment(key.start(), i)));
    }
    if (tail) {
      Unit unit = Footage.tail(key.start(), last + 32);
      bytes.write(Footage.bytes(unit));
    }
    return bytes.toByteArray();
  }

  private Path put(SegmentKey key, byte[] bytes) throws IOException {
    Path file = root.resolve(key.path());
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** A file that ends within its third fragment. */
  private Path putTorn(SegmentKey key) throws IOException {
    byte[] whole = units(key, 3, false);
    return put(key, Arrays.copyOf(whole, whole.length - 100));
  }

  @Test
  void oneCameraThatCannotBeReadStopsNoOther() throws Exception {
    SegmentKey front = key("front", Duration.ZERO);
    Path torn = putTorn(front);
    put(key("broken", Duration.ZERO), new byte[10]);
    disk.watch(
        (operation, file) -> {
          if (operation.equals("list") && file.toString().contains("/broken/2026")) {
            throw new IOException("bad sector");
          }
        });
    assertEquals(List.of(front), recover());
    assertArrayEquals(units(front, 2, false), Files.readAllBytes(torn));
    assertTrue(health.lastError().contains("broken"), health.lastError());
    assertTrue(health.lastError().contains("bad sector"), health.lastError());
  }

  @Test
  void aFileFromAClockThatWasAheadHidesNoTornOne() throws Exception {
    SegmentKey current = key("front", Duration.ZERO);
    Path torn = putTorn(current);
    for (int i = 0; i < 40; i++) {
      SegmentKey ahead = key("front", Duration.ofDays(4_000).plusMinutes(i));
      put(ahead, units(ahead, 1, true));
    }
    assertEquals(List.of(current), recover());
    assertArrayEquals(units(current, 2, false), Files.readAllBytes(torn));
  }

  @Test
  void aFileFromAClockThatIsAheadIsCutAsWell() throws Exception {
    SegmentKey ahead = key("front", Duration.ofDays(4_000));
    Path torn = putTorn(ahead);
    assertEquals(List.of(ahead), recover());
    assertArrayEquals(units(ahead, 2, false), Files.readAllBytes(torn));
  }

  @Test
  void aFileTornWithinItsFirstFragmentIsSetAsideAsItIs() throws Exception {
    SegmentKey key = key("front", Duration.ZERO);
    byte[] whole = units(key, 1, false);
    for (int length = 0; length < whole.length; length += 7) {
      byte[] torn = Arrays.copyOf(whole, length);
      Path file = put(key, torn);
      assertEquals(List.of(), recover(), "at " + length);
      assertFalse(Files.exists(file), "at " + length);
      Path aside = file.resolveSibling(key.fileName() + ".broken");
      assertArrayEquals(torn, Files.readAllBytes(aside), "at " + length);
      Files.delete(aside);
    }
  }

  @Test
  void itLooksNoFurtherBackThanTheFirstThatWasClosed() throws Exception {
    SegmentKey old = key("front", Duration.ofDays(-1));
    Path torn = putTorn(old);
    byte[] before = Files.readAllBytes(torn);
    SegmentKey closed = key("front", Duration.ZERO);
    put(closed, units(closed, 1, true));
    assertEquals(List.of(), recover());
    assertArrayEquals(before, Files.readAllBytes(torn));
  }
}
