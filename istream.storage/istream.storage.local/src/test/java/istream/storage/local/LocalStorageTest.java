// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageStore;
import istream.api.footage.Fragment;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import istream.api.footage.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local storage keeps the contract, and survives disks that fill, vanish and are torn. */
final class LocalStorageTest extends FootageArchiveContract {
  private static final Instant NOW = Footage.START.plus(Duration.ofDays(30));
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path data;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicLong free = new AtomicLong(100_000_000_000L);
  private LocalStorage storage;

  @BeforeEach
  void start() throws Exception {
    storage = open(Map.of("service.pid", "istream.storage.local~archive"));
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  private LocalStorage open(Map<String, Object> properties) throws Exception {
    LocalSettings settings = LocalSettings.of(properties, data);
    LocalStorage opened =
        new LocalStorage(
            settings, CLOCK, System::nanoTime, () -> List.of(new Rude(), new Notes()), this::probe);
    opened.start();
    if (settings.problems().isEmpty()) {
      await(() -> opened.store().status().usedBytes().isPresent());
    }
    return opened;
  }

  private long probe() throws IOException {
    if (free.get() < 0) {
      throw new IOException("no answer");
    }
    return free.get();
  }

  private void restart() throws Exception {
    storage.close();
    start();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    BlockingQueue<String> nothing = new LinkedBlockingQueue<>();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "did not happen within 20 s");
      nothing.poll(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Fails whatever it is told. */
  private static final class Rude implements FootageListener {
    @Override
    public void durable(String id, SegmentKey key, Fragment fragment) {
      throw new IllegalStateException("rude");
    }

    @Override
    public void closed(String id, SegmentKey key, long bytes) {
      throw new IllegalStateException("rude");
    }

    @Override
    public void deleted(String id, SegmentKey key) {
      throw new IllegalStateException("rude");
    }
  }

  private final class Notes implements FootageListener {
    @Override
    public void durable(String id, SegmentKey key, Fragment fragment) {
      told.add(fragment.kind() + "@" + fragment.offset());
    }

    @Override
    public void closed(String id, SegmentKey key, long bytes) {
      told.add("closed " + bytes);
    }

    @Override
    public void deleted(String id, SegmentKey key) {
      told.add("deleted");
    }
  }

  @Override
  FootageArchive archive() {
    return storage.archive();
  }

  @Override
  protected FootageStore store() {
    return storage.store();
  }

  @Override
  GapLedger ledger() {
    return storage.ledger();
  }

  private Path file(SegmentKey key) {
    return data.resolve("footage").resolve(key.path());
  }

  @Test
  void listenersHearOfEveryUnitInOrder() throws Exception {
    OpenSegment segment = archive().create(KEY, Footage.init(KEY.start()));
    Fragment first = segment.append(Footage.fragment(KEY.start(), 0));
    assertEquals("INIT@0", told.poll(10, TimeUnit.SECONDS), "told without being closed");
    assertEquals("FRAGMENT@" + first.offset(), told.poll(10, TimeUnit.SECONDS));
    await(() -> segment.durableUntil().equals(Optional.of(first.end())));
    Fragment second = segment.append(Footage.fragment(KEY.start(), 1));
    segment.close();
    assertEquals("FRAGMENT@" + second.offset(), told.poll(10, TimeUnit.SECONDS));
    assertEquals("closed " + segment.length(), told.poll(10, TimeUnit.SECONDS));
    store().delete(KEY);
    assertEquals("deleted", told.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void atEveryPossibleEndOfATornFileTheWholeUnitsBeforeItStay() throws Exception {
    OpenSegment segment = archive().create(KEY, Footage.init(KEY.start()));
    for (int i = 0; i < 3; i++) {
      segment.append(Footage.fragment(KEY.start(), i));
    }
    List<Fragment> units = segment.fragments();
    byte[] whole = read(KEY);
    storage.close();
    FootageTree tree = new FootageTree(data.resolve("footage"));
    long playable = units.get(1).offset() + units.get(1).length();
    for (int length = whole.length; length > playable; length -= 7) {
      Files.write(file(KEY), Arrays.copyOf(whole, length));
      new Recovery(tree, new Health("archive")).run(NOW);
      long end = 0;
      for (Fragment unit : units) {
        end = unit.offset() + unit.length() <= length ? unit.offset() + unit.length() : end;
      }
      assertArrayEquals(
          Arrays.copyOf(whole, (int) end), Files.readAllBytes(file(KEY)), "at " + length);
    }
    start();
    assertEquals(Optional.of(KEY.start().plus(Footage.LENGTH)), archive().recordedUntil("front"));
  }

  @Test
  void aFileWithoutAFragmentIsSetAside() throws Exception {
    Files.createDirectories(file(KEY).getParent());
    Files.write(file(KEY), Footage.bytes(Footage.init(KEY.start())));
    restart();
    assertEquals(List.of(), list(SegmentQuery.ALL));
    assertTrue(Files.exists(file(KEY).resolveSibling(KEY.fileName() + ".broken")));
  }

  @Test
  void aSegmentGoesOnInTheNextArchive() throws Exception {
    OpenSegment before = archive().create(KEY, Footage.init(KEY.start()));
    before.append(Footage.fragment(KEY.start(), 0));
    restart();
    assertThrows(FootageException.class, () -> before.append(Footage.fragment(KEY.start(), 1)));
    OpenSegment after = archive().reopen(KEY, before.length());
    assertEquals(before.fragments(), after.fragments());
    after.append(Footage.fragment(KEY.start(), 1));
    after.close();
    assertEquals(Duration.ofSeconds(1), list(SegmentQuery.ALL).get(0).duration());
    assertEquals(after.length(), store().usedBytes("front"));
    FootageException shorter =
        assertThrows(FootageException.class, () -> archive().reopen(KEY, after.length() + 1));
    assertFalse(shorter.retryable());
  }

  @Test
  void recordingStopsBeforeTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
    OpenSegment segment = archive().create(KEY, Footage.init(KEY.start()));
    long length = segment.length();
    free.set(512_000_100);
    await(() -> store().status().freeBytes().orElse(0) <= 512_000_100);
    FootageException full =
        assertThrows(
            FootageException.class, () -> segment.append(Footage.fragment(KEY.start(), 0)));
    assertTrue(full.retryable());
    assertTrue(full.getMessage().contains("min.free.megabytes"), full.getMessage());
    assertEquals(StoreStatus.State.FULL, store().status().state());
    assertEquals(length, Files.size(file(KEY)));
    free.set(600_000_000);
    await(() -> store().status().state() == StoreStatus.State.READY);
    OpenSegment again = archive().reopen(KEY, length);
    again.append(Footage.fragment(KEY.start(), 0));
    again.close();
  }

  @Test
  void unknownFreeSpaceIsNeverEnough() throws Exception {
    free.set(-1);
    LocalSettings settings =
        LocalSettings.of(Map.of("service.pid", "x~other", "path", "other"), data);
    try (LocalStorage blind =
        new LocalStorage(settings, CLOCK, System::nanoTime, List::of, this::probe)) {
      assertThrows(
          FootageException.class, () -> blind.archive().create(KEY, Footage.init(KEY.start())));
      assertTrue(blind.store().status().freeBytes().isEmpty());
      assertTrue(blind.store().status().lastError().contains("cannot be told"));
      assertEquals(0, blind.store().list(SegmentQuery.ALL).count());
    }
  }

  @Test
  void aDiskThatIsNotMountedIsNotWrittenTo() throws Exception {
    OpenSegment segment = archive().create(KEY, Footage.init(KEY.start()));
    Path away = data.resolve("away");
    Files.move(data.resolve("footage"), away);
    Files.createDirectory(data.resolve("footage"));
    FootageException missing =
        assertThrows(
            FootageException.class, () -> archive().create(KEY, Footage.init(KEY.start())));
    assertTrue(missing.retryable());
    assertTrue(missing.getMessage().contains("mount the disk"), missing.getMessage());
    assertEquals(StoreStatus.State.UNAVAILABLE, store().status().state());
    assertThrows(FootageException.class, () -> segment.append(Footage.fragment(KEY.start(), 0)));
    Files.delete(data.resolve("footage")); // still empty
    assertThrows(FootageException.class, () -> store().list(SegmentQuery.ALL));
    storage.close();
    storage =
        new LocalStorage(
            LocalSettings.of(Map.of("service.pid", "x~archive"), data),
            CLOCK,
            System::nanoTime,
            List::of,
            this::probe);
    storage.start();
    await(() -> store().status().lastError().contains("mount the disk"));
    assertFalse(Files.exists(data.resolve("footage")));
    Files.move(away, data.resolve("footage"));
    await(() -> store().status().state() == StoreStatus.State.READY);
    assertTrue(segment.length() > 0);
  }

  @Test
  void aDirectoryOfOthersIsRefused() throws Exception {
    Files.createDirectories(data.resolve("photos"));
    Files.writeString(data.resolve("photos/cat.jpg"), "cat");
    LocalSettings settings =
        LocalSettings.of(Map.of("service.pid", "x~other", "path", "photos"), data);
    try (LocalStorage other =
        new LocalStorage(settings, CLOCK, System::nanoTime, List::of, this::probe)) {
      FootageException refused =
          assertThrows(
              FootageException.class, () -> other.archive().create(KEY, Footage.init(KEY.start())));
      assertTrue(refused.getMessage().contains("choose an empty directory"), refused.getMessage());
    }
  }

  @Test
  void aBadValueIsSaidAndNothingElseHappens() throws Exception {
    Map<String, Object> bad =
        Map.of("service.pid", "istream.storage.local~bad", "sync.seconds", "soon");
    try (LocalStorage misconfigured = open(bad)) {
      StoreStatus status = misconfigured.store().status();
      assertEquals(StoreStatus.State.MISCONFIGURED, status.state());
      assertEquals(
          "istream.storage.local-bad.cfg: sync.seconds \"soon\" cannot be used; allowed: a whole"
              + " number from 0 to 60",
          status.lastError());
      FootageException refused =
          assertThrows(
              FootageException.class,
              () -> misconfigured.archive().create(KEY, Footage.init(KEY.start())));
      assertTrue(refused.getMessage().contains("sync.seconds"), refused.getMessage());
    }
  }

  @Test
  void deletionRemovesWhatItEmptiesAndKeepsGapsOfDaysWithFootage() throws Exception {
    SegmentKey later = new SegmentKey("front", KEY.start().plus(Duration.ofDays(1)));
    closed(KEY, 1);
    closed(later, 1);
    Gap gap =
        new Gap(
            "front",
            later.start(),
            Optional.of(later.start().plusSeconds(9)),
            GapCause.NETWORK,
            "x");
    ledger().record(gap);
    store().delete(KEY);
    assertFalse(Files.exists(file(KEY).getParent().getParent()));
    assertEquals(List.of(gap), ledger().gaps(SegmentQuery.ALL));
    store().delete(later);
    assertFalse(Files.exists(data.resolve("footage/front")), "old gaps go with the last footage");
  }

  @Test
  void aCameraThatHasBeenDeadForDaysStillShowsItsGap() throws Exception {
    closed(KEY, 1);
    Gap lasting =
        new Gap("front", KEY.start().plusSeconds(1), Optional.empty(), GapCause.CAMERA, "dead");
    ledger().record(lasting);
    store().delete(KEY);
    assertEquals(List.of(lasting), ledger().gaps(SegmentQuery.ALL));

    SegmentKey revived = new SegmentKey("front", NOW.minusSeconds(60));
    Gap ended =
        new Gap(
            "front",
            lasting.from(),
            Optional.of(revived.start()),
            GapCause.CAMERA,
            "dead for long");
    ledger().record(ended);
    closed(revived, 1);
    store().delete(revived);
    assertEquals(List.of(ended), ledger().gaps(SegmentQuery.ALL), "it ended a minute ago");
  }

  @Test
  void aTornGapSpoilsNoOther() throws Exception {
    Gap first = new Gap("front", KEY.start(), Optional.empty(), GapCause.DISK, "one");
    Gap second =
        new Gap("front", KEY.start().plusSeconds(1), Optional.empty(), GapCause.DISK, "two");
    ledger().record(first);
    Path ledger = data.resolve("footage/front/2026-03-01/gaps.jsonl");
    String line = Files.readString(ledger, StandardCharsets.UTF_8);
    Files.writeString(ledger, line + line.substring(0, 20));
    ledger().record(second);
    assertEquals(List.of(first, second), ledger().gaps(SegmentQuery.ALL));
  }

  @Test
  void whatLayThereBeforeIsCounted() throws Exception {
    closed(KEY, 3);
    long bytes = store().usedBytes("");
    restart();
    assertEquals(bytes, store().usedBytes(""));
    assertEquals(bytes, Files.size(file(KEY)));
    OpenSegment next =
        archive().create(new SegmentKey("back", KEY.start()), Footage.init(KEY.start()));
    assertEquals(bytes + next.length(), store().usedBytes(""));
    assertEquals(Unit.Kind.INIT, next.fragments().get(0).kind());
  }
}
