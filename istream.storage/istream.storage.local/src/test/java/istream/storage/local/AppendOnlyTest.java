// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.FootageException;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies before the end of a growing file never changes, so that it can be copied at any time.
 */
final class AppendOnlyTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);

  @TempDir Path data;
  private LocalStorage storage;
  private byte[] before = {};

  @BeforeEach
  void open() {
    LocalSettings settings = LocalSettings.of(Map.of("service.pid", "x~archive"), data);
    storage =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, () -> Long.MAX_VALUE / 2);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  /** What was there is there still; what was added is the unit, to the byte. */
  private void assertGrownBy(byte[] unit) throws IOException {
    byte[] after = Files.readAllBytes(data.resolve("footage").resolve(KEY.path()));
    assertArrayEquals(before, Arrays.copyOf(after, before.length));
    assertArrayEquals(unit, Arrays.copyOfRange(after, before.length, after.length));
    before = after;
  }

  private Fragment append(OpenSegment segment, Unit unit) throws IOException, FootageException {
    Fragment stored = segment.append(unit);
    unit.bytes().forEach(part -> part.rewind());
    assertGrownBy(Footage.bytes(unit));
    return stored;
  }

  @Test
  void appendingSyncingReopeningAndClosingChangeNothingBeforeTheEnd() throws Exception {
    OpenSegment segment = storage.archive().create(KEY, Footage.init(KEY.start()));
    assertGrownBy(Footage.bytes(Footage.init(KEY.start())));
    Fragment last = append(segment, Footage.fragment(KEY.start(), 0));
    for (int i = 1; i < 4; i++) {
      last = append(segment, Footage.fragment(KEY.start(), i));
    }
    Optional<?> end = Optional.of(last.end());
    LocalStorageTest.await(() -> segment.durableUntil().equals(end));
    assertGrownBy(new byte[0]);

    storage.close();
    assertGrownBy(new byte[0]);
    open();
    OpenSegment again = storage.archive().reopen(KEY, segment.length());
    assertGrownBy(new byte[0]);
    last = append(again, Footage.fragment(KEY.start(), 4));
    append(again, Footage.tail(last.end(), last.offset() + 32));
    again.close();
    assertGrownBy(new byte[0]);
    storage.close();
    open();
    assertEquals(before.length, storage.store().open(KEY).size());
    assertGrownBy(new byte[0]);
  }
}
