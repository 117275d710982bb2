// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageSource;
import istream.api.footage.FootageSource.Extent;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage as one who copies it sees it. */
final class LocalFootageSourceTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);
  private static final Instant HOUR = Footage.START.truncatedTo(ChronoUnit.HOURS);

  @TempDir Path data;
  private final ObservedDisk disk = new ObservedDisk();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private LocalStorage storage;

  @BeforeEach
  void start() throws Exception {
    // units are durable at once, so that both events come from one thread
    LocalSettings settings =
        LocalSettings.of(Map.of("service.pid", "x~archive", "sync.seconds", "0"), disk.path(data));
    storage =
        new LocalStorage(
            settings,
            Clock.systemUTC(),
            System::nanoTime,
            () -> List.of(new Notes()),
            () -> Long.MAX_VALUE / 2);
    storage.start();
    LocalStorageTest.await(() -> storage.store().status().usedBytes().isPresent());
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  private final class Notes implements FootageListener {
    @Override
    public void written(String id, SegmentKey key, Fragment fragment) {
      events.add("written " + fragment.offset());
    }

    @Override
    public void durable(String id, SegmentKey key, Fragment fragment) {
      events.add("durable " + fragment.offset());
    }

    @Override
    public void closed(String id, SegmentKey key, long bytes) {
      events.add("closed " + bytes);
    }

    @Override
    public void deleted(String id, SegmentKey key) {
      events.add("deleted");
    }
  }

  private FootageSource source() {
    return storage.source();
  }

  private OpenSegment create(SegmentKey key) throws FootageException {
    return storage.archive().create(key, Footage.init(key.start()));
  }

  private long closed(SegmentKey key) throws FootageException {
    OpenSegment segment = create(key);
    segment.append(Footage.fragment(key.start(), 0));
    segment.close();
    return segment.length();
  }

  @Test
  void anOpenSegmentGrowsUnitByUnit() throws Exception {
    Unit init = Footage.init(KEY.start());
    ByteBuffer expected = ByteBuffer.allocate(100_000).put(Footage.bytes(init));
    OpenSegment segment = storage.archive().create(KEY, init);
    List<Fragment> units = new ArrayList<>(segment.fragments());
    try (SeekableByteChannel bytes = source().open(KEY)) {
      for (int number = 0; number < 3; number++) {
        Unit unit = Footage.fragment(KEY.start(), number);
        expected.put(Footage.bytes(unit));
        units.add(segment.append(unit));
        assertEquals(units, source().units(KEY));
        Extent extent = new Extent(KEY, expected.position(), true);
        assertEquals(List.of(extent), source().hour("front", HOUR));
        assertEquals(expected.position(), bytes.size(), "the channel that was opened before");
      }
      ByteBuffer read = ByteBuffer.allocate((int) bytes.size());
      while (read.hasRemaining() && bytes.read(read) >= 0) {
        // until all is read
      }
      assertArrayEquals(
          expected.flip().array(), ByteBuffer.allocate(100_000).put(read.flip()).array());
    }
    segment.close();
    assertEquals(units, source().units(KEY), "from the file, now");
    assertFalse(source().hour("front", HOUR).get(0).open());
  }

  @Test
  void aUnitIsWrittenBeforeItIsDurable() throws Exception {
    OpenSegment segment = create(KEY);
    long first = segment.append(Footage.fragment(KEY.start(), 0)).offset();
    long second = segment.append(Footage.fragment(KEY.start(), 1)).offset();
    segment.close();
    storage.store().delete(KEY);
    List<String> expected = new ArrayList<>();
    for (long offset : new long[] {0, first, second}) {
      expected.add("written " + offset);
      expected.add("durable " + offset);
    }
    expected.add("closed " + segment.length());
    expected.add("deleted");
    assertEquals(expected, events);
  }

  @Test
  void namesAndSizesOpenNoFile() throws Exception {
    SegmentKey next = new SegmentKey("front", HOUR.plusSeconds(3_600));
    SegmentKey last = new SegmentKey("front", HOUR.plusSeconds(3_700));
    SegmentKey back = new SegmentKey("back", HOUR.plusSeconds(86_400));
    long bytes = closed(KEY);
    closed(next);
    closed(last);
    closed(back);
    Files.createDirectories(data.resolve("footage/front/2026-13-77/10"));
    Files.createDirectories(data.resolve("footage/front/2026-03-01/25"));
    List<String> opened = new CopyOnWriteArrayList<>();
    List<String> listed = new CopyOnWriteArrayList<>();
    disk.watch(
        (operation, file) -> {
          if (operation.equals("list")) {
            listed.add(file.toString());
          } else if (operation.equals("open")) {
            opened.add(file.toString());
          }
        });
    assertEquals(List.of("back", "front"), source().cameras());
    assertEquals(List.of(HOUR, HOUR.plusSeconds(3_600)), source().hours("front"));
    listed.clear();
    opened.clear();
    List<Extent> later = source().hour("front", HOUR.plusSeconds(3_600));
    assertEquals(List.of(next, last), later.stream().map(Extent::key).toList());
    assertEquals(1, listed.size(), "the directory of the hour alone");
    assertEquals(List.of(new Extent(KEY, bytes, false)), source().hour("front", HOUR));
    assertEquals(List.of(), source().hour("front", HOUR.minusSeconds(3_600)));
    assertTrue(opened.stream().noneMatch(file -> file.endsWith(SegmentKey.SUFFIX)), "" + opened);
  }

  @Test
  void aCutIsAskedOfTheSegmentThatIsRecordedAlone() throws Exception {
    SegmentKey done = new SegmentKey("front", KEY.start().minusSeconds(60));
    closed(done);
    OpenSegment segment = create(KEY);
    assertFalse(storage.archive().cutAsked(KEY));
    source().cut(done);
    source().cut(KEY);
    assertTrue(storage.archive().cutAsked(KEY));
    assertFalse(storage.archive().cutAsked(done), "nobody records it");
    segment.append(Footage.fragment(KEY.start(), 0));
    segment.close();
    assertFalse(storage.archive().cutAsked(KEY), "it was cut");
  }

  @Test
  void whatIsGoneIsSaidByName() throws Exception {
    closed(KEY);
    storage.store().delete(KEY);
    for (FootageException gone :
        List.of(
            assertThrows(FootageException.class, () -> source().units(KEY)),
            assertThrows(FootageException.class, () -> source().open(KEY)))) {
      assertTrue(gone.getMessage().contains("there is no " + KEY.path()), gone.getMessage());
      assertFalse(gone.retryable());
    }
    assertEquals(List.of(), source().hour("front", HOUR));
  }
}
