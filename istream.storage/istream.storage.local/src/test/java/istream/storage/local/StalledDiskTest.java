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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not answer for minutes holds up who needs it, and nobody else. */
final class StalledDiskTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);

  @TempDir Path data;
  private final ObservedDisk disk = new ObservedDisk();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);
  private volatile FreeSpace.Probe probe = () -> 100_000_000_000L;
  private LocalStorage storage;

  @BeforeEach
  void start() {
    storage = open();
  }

  private LocalStorage open() {
    LocalSettings settings = LocalSettings.of(Map.of("service.pid", "x~archive"), disk.path(data));
    LocalStorage opened =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, () -> probe.usableBytes());
    opened.start();
    return opened;
  }

  private void awaitCounted() throws Exception {
    LocalStorageTest.await(() -> storage.store().status().usedBytes().isPresent());
  }

  @AfterEach
  void stop() {
    answers.countDown();
    storage.close();
    threads.shutdownNow();
  }

  /** Hangs like an operation on a disk that does not answer. */
  private void stall() throws IOException {
    stalled.countDown();
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void stallAt(String operation, String ending) {
    disk.watch(
        (what, file) -> {
          if (what.equals(operation) && file.toString().endsWith(ending)) {
            stall();
          }
        });
  }

  private <T> CompletableFuture<T> background(Work<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            done.complete(work.run());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  private StoreStatus status() throws Exception {
    return background(() -> storage.store().status()).get(20, TimeUnit.SECONDS);
  }

  private void record(SegmentKey key) throws Exception {
    OpenSegment segment = storage.archive().create(key, Footage.init(key.start()));
    Fragment last = segment.append(Footage.fragment(key.start(), 0));
    segment.append(Footage.tail(last.end(), last.offset() + 32));
    segment.close();
  }

  @Test
  void theStatusIsToldWhileADeletionHangs() throws Exception {
    awaitCounted();
    record(KEY);
    OptionalLong used = storage.store().status().usedBytes();
    stallAt("delete", ".mp4");
    CompletableFuture<Long> deletion = background(() -> storage.store().delete(KEY));
    assertTrue(stalled.await(20, TimeUnit.SECONDS));
    assertEquals(used, status().usedBytes(), "it is there until it is gone");
    answers.countDown();
    assertEquals(used.getAsLong(), deletion.get(20, TimeUnit.SECONDS));
    assertEquals(OptionalLong.of(0), status().usedBytes());
  }

  @Test
  void theStatusIsToldWhileTheFileSystemDoesNotSayWhatIsFree() throws Exception {
    awaitCounted();
    probe =
        () -> {
          stall();
          return 7_000_000_000L;
        };
    LocalStorageTest.await(
        () -> {
          // asks for fresh figures
          threads.execute(() -> storage.store().status());
          return stalled.getCount() == 0;
        });
    assertEquals(OptionalLong.of(100_000_000_000L), status().freeBytes(), "as known before");
    answers.countDown();
    LocalStorageTest.await(
        () -> storage.store().status().freeBytes().equals(OptionalLong.of(7_000_000_000L)));
  }

  @Test
  void theStatusIsToldWhileCountingHangs() throws Exception {
    awaitCounted();
    record(KEY);
    record(new SegmentKey("front", KEY.start().plusSeconds(7_200)));
    OptionalLong used = storage.store().status().usedBytes();
    storage.close();
    // recovery looks at the newest hour only
    stallAt("list", "/10");
    storage = open();
    assertTrue(stalled.await(20, TimeUnit.SECONDS));
    assertEquals(OptionalLong.empty(), status().usedBytes());
    answers.countDown();
    LocalStorageTest.await(() -> storage.store().status().usedBytes().equals(used));
  }

  @Test
  void aDirectoryThatCannotBeReadForAWhileIsCountedLater() throws Exception {
    awaitCounted();
    record(KEY);
    record(new SegmentKey("front", KEY.start().plusSeconds(7_200)));
    OptionalLong used = storage.store().status().usedBytes();
    storage.close();
    AtomicBoolean failed = new AtomicBoolean();
    disk.watch(
        (what, file) -> {
          if (what.equals("list") && file.endsWith("10") && failed.compareAndSet(false, true)) {
            throw new IOException("no answer");
          }
        });
    storage = open();
    awaitCounted();
    assertTrue(failed.get());
    assertEquals(used, storage.store().status().usedBytes());
    assertTrue(storage.store().status().lastError().contains("counting the footage failed"));
  }

  @Test
  void closingDoesNotWaitForTheDiskAndLeavesTheFileToTheNext() throws Exception {
    awaitCounted();
    OpenSegment before = storage.archive().create(KEY, Footage.init(KEY.start()));
    before.append(Footage.fragment(KEY.start(), 0));
    AtomicReference<Thread> syncing = new AtomicReference<>();
    disk.watch(
        (what, file) -> {
          if (what.equals("force") && syncing.compareAndSet(null, Thread.currentThread())) {
            stall();
          }
        });
    assertTrue(stalled.await(20, TimeUnit.SECONDS));
    storage.close(Duration.ofMillis(10));
    assertThrows(FootageException.class, () -> before.append(Footage.fragment(KEY.start(), 1)));

    storage = open();
    OpenSegment after = storage.archive().reopen(KEY, before.length());
    after.append(Footage.fragment(KEY.start(), 1));
    answers.countDown();
    syncing.get().join(20_000);
    assertEquals(Thread.State.TERMINATED, syncing.get().getState());
    assertEquals(after.length(), Files.size(data.resolve("footage").resolve(KEY.path())));
    after.append(Footage.fragment(KEY.start(), 2));
    after.close();
  }

  @Test
  void aSegmentEndedDuringAnAppendHoldsAllThatWasAcknowledged() throws Exception {
    awaitCounted();
    OpenSegment before = storage.archive().create(KEY, Footage.init(KEY.start()));
    AtomicBoolean truncated = new AtomicBoolean();
    disk.watch(
        (what, file) -> {
          truncated.compareAndSet(false, what.equals("truncate"));
          if (what.equals("write")) {
            stall();
          }
        });
    CompletableFuture<Fragment> append =
        background(() -> before.append(Footage.fragment(KEY.start(), 0)));
    assertTrue(stalled.await(20, TimeUnit.SECONDS));
    CompletableFuture<Boolean> closing =
        background(
            () -> {
              storage.close();
              return true;
            });
    LocalStorageTest.await(() -> truncated.get() || isSyncBlocked());
    answers.countDown();
    closing.get(20, TimeUnit.SECONDS);
    Fragment stored = append.get(20, TimeUnit.SECONDS);
    assertEquals(stored.offset() + stored.length(), before.length());
    storage = open();
    assertEquals(before.fragments(), storage.archive().reopen(KEY, before.length()).fragments());
  }

  private static boolean isSyncBlocked() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("istream-sync-archive"))
        .anyMatch(thread -> thread.getState() == Thread.State.BLOCKED);
  }
}
