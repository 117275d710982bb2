// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of later versions hold boxes that this one does not know, anywhere. */
final class UnknownBoxTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);
  private static final List<String> UNKNOWN = List.of("uuid", "free", "pssh", "abcd");

  @TempDir Path root;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Path file;
  private int strangers;
  private int fragmentsEnd;
  private int tailEnd;

  /** An unknown box before, within, between and after all units. */
  @BeforeEach
  void write() throws IOException {
    putStranger();
    put(Footage.init(KEY.start()));
    int moof = 0;
    for (int i = 0; i < 3; i++) {
      moof = put(Footage.fragment(KEY.start(), i));
    }
    tailEnd =
        put(Footage.tail(KEY.start(), moof)) + Footage.bytes(Footage.tail(KEY.start(), 0)).length;
    file = root.resolve(KEY.path());
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
  }

  private void putStranger() throws IOException {
    bytes.write(Footage.box(UNKNOWN.get(strangers++ % UNKNOWN.size()), new byte[20 + strangers]));
  }

  /** Each box of a unit with a stranger behind it; returns where the last but one begins. */
  private int put(Unit unit) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(Footage.bytes(unit));
    int before = 0;
    int last = 0;
    while (rest.hasRemaining()) {
      byte[] box = new byte[rest.getInt(rest.position())];
      rest.get(box);
      before = last;
      last = bytes.size();
      bytes.write(box);
      fragmentsEnd = unit.kind() == Unit.Kind.TAIL ? fragmentsEnd : bytes.size();
      putStranger();
    }
    return unit.kind() == Unit.Kind.TAIL ? last : before;
  }

  @Test
  void theyAreSkippedWhereverTheyStand() throws Exception {
    try (FootageFile footage = new FootageFile(KEY, file)) {
      assertEquals(
          List.of(
              Unit.Kind.INIT,
              Unit.Kind.FRAGMENT,
              Unit.Kind.FRAGMENT,
              Unit.Kind.FRAGMENT,
              Unit.Kind.TAIL),
          footage.units().stream().map(Fragment::kind).toList());
      assertEquals(KEY.start().plus(Footage.LENGTH.multipliedBy(3)), footage.end().orElseThrow());
      assertTrue(footage.isPlayable());
      assertTrue(footage.hasTail());
      assertEquals(tailEnd, footage.wholeEnd());
    }
  }

  @Test
  void aFileIsCutAtTheEndOfItsLastWholeUnit() throws Exception {
    byte[] whole = bytes.toByteArray();
    for (int length = fragmentsEnd; length < tailEnd; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      recover();
      assertArrayEquals(Arrays.copyOf(whole, fragmentsEnd), Files.readAllBytes(file));
    }
  }

  @Test
  void aFileThatWasClosedStaysAsItIs() throws Exception {
    recover();
    assertArrayEquals(bytes.toByteArray(), Files.readAllBytes(file));
  }

  private void recover() throws IOException {
    new Recovery(new FootageTree(root), new Health("archive")).run(Instant.MAX);
  }
}
