// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder may go on with is listed as open, and is not deleted under it. */
final class HeldSegmentTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);
  private static final SegmentKey NEXT = new SegmentKey("front", Footage.START.plusSeconds(60));

  @TempDir Path data;
  private final ObservedDisk disk = new ObservedDisk();
  private final AtomicLong free = new AtomicLong(100_000_000_000L);
  private final AtomicLong nanos = new AtomicLong();
  private LocalStorage storage;

  @BeforeEach
  void open() {
    LocalSettings settings =
        LocalSettings.of(Map.of("service.pid", "x~archive", "sync.seconds", "60"), disk.path(data));
    // every look at the time is two seconds later, so that all figures are fresh
    storage =
        new LocalStorage(
            settings, Clock.systemUTC(), () -> nanos.addAndGet(2_000_000_000), List::of, free::get);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private OpenSegment begin(SegmentKey key) throws FootageException {
    OpenSegment segment = storage.archive().create(key, Footage.init(key.start()));
    segment.append(Footage.fragment(key.start(), 0));
    return segment;
  }

  private static void finish(OpenSegment segment) throws FootageException {
    List<Fragment> units = segment.fragments();
    Fragment last = units.get(units.size() - 1);
    segment.append(Footage.tail(last.end(), last.offset() + 32));
    segment.close();
  }

  private boolean isOpen(SegmentKey key) throws FootageException {
    try (Stream<Segment> segments = storage.store().list(SegmentQuery.ALL)) {
      return segments.filter(segment -> segment.key().equals(key)).findFirst().get().open();
    }
  }

  private void assertHeld(SegmentKey key) throws FootageException {
    assertTrue(isOpen(key));
    FootageException refused =
        assertThrows(FootageException.class, () -> storage.store().delete(key));
    assertFalse(refused.retryable());
  }

  private void assertDeletable(SegmentKey key) throws FootageException {
    assertFalse(isOpen(key));
    assertTrue(storage.store().delete(key) > 0);
  }

  @Test
  void whatAFullDiskInterruptedIsKeptUntilItGoesOn() throws Exception {
    OpenSegment segment = begin(KEY);
    free.set(0);
    assertThrows(FootageException.class, () -> segment.append(Footage.fragment(KEY.start(), 1)));
    assertHeld(KEY);
    free.set(100_000_000_000L);
    OpenSegment again = storage.archive().reopen(KEY, segment.length());
    assertHeld(KEY);
    again.append(Footage.fragment(KEY.start(), 1));
    finish(again);
    assertDeletable(KEY);
  }

  @Test
  void whatAnUpdateInterruptedIsKeptUntilItGoesOn() throws Exception {
    OpenSegment segment = begin(KEY);
    storage.close();
    open();
    assertHeld(KEY);
    finish(storage.archive().reopen(KEY, segment.length()));
    assertDeletable(KEY);
  }

  @Test
  void whatIsNotGoneOnWithGoesOnceTheCameraRecordsAnother() throws Exception {
    begin(KEY);
    storage.close();
    open();
    assertHeld(KEY);
    begin(NEXT);
    assertDeletable(KEY);
    assertHeld(NEXT);
  }

  @Test
  void whatWasClosedInOrderIsNotHeldAfterARestart() throws Exception {
    begin(KEY);
    finish(begin(NEXT));
    storage.close();
    open();
    assertDeletable(NEXT);
    assertDeletable(KEY);
  }

  @Test
  void whatCouldNotBeSyncedIsNotHeld() throws Exception {
    OpenSegment segment = begin(KEY);
    disk.watch(
        (operation, file) -> {
          if (operation.equals("force")) {
            throw new IOException("no answer");
          }
        });
    assertThrows(FootageException.class, segment::close);
    disk.watch((operation, file) -> {});
    assertDeletable(KEY);
  }

  @Test
  void aSegmentThatNeverBeganIsForgotten() throws Exception {
    begin(KEY);
    free.set(0);
    assertThrows(FootageException.class, () -> begin(NEXT));
    assertEquals(0, storage.store().delete(NEXT));
  }
}
