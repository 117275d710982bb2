// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageStore;
import istream.api.footage.FootageStoreContract;
import istream.api.footage.Fragment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import istream.api.replication.OurCopy;
import istream.api.replication.ReplicaFile;
import istream.api.replication.ReplicaSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's server as a storage. */
class SftpFootageStoreTest extends FootageStoreContract {
  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
  private static final int BYTES = 1_000;

  @TempDir Path directory;

  private final List<SegmentKey> deleted = new ArrayList<>();
  private SshServer server;
  private TestLinks links;
  private SftpStorage storage;
  private ReplicaSession session;

  @BeforeEach
  void start() throws Exception {
    server = SshServer.start(directory);
    links = new TestLinks(server, directory);
    begin();
  }

  private void begin() throws Exception {
    storage =
        new SftpStorage(
            links.settings("footage"), links, Clock.systemUTC(), () -> List.of(new Listener()));
    session = storage.replica().connect();
  }

  /** Notes what is deleted. */
  private final class Listener implements FootageListener {
    @Override
    public void durable(String id, SegmentKey key, Fragment fragment) {}

    @Override
    public void closed(String id, SegmentKey key, long bytes) {}

    @Override
    public void deleted(String id, SegmentKey key) {
      assertEquals("offsite", id);
      deleted.add(key);
    }
  }

  @AfterEach
  void stop() {
    end();
    server.close();
  }

  private void end() {
    session.close();
    storage.close();
  }

  private static int[] sizes(int fragments) {
    int[] sizes = new int[fragments];
    Arrays.fill(sizes, BYTES);
    return sizes;
  }

  @Override
  protected FootageStore store() {
    return storage.footage();
  }

  @Override
  protected void put(SegmentKey key, int fragments) throws Exception {
    try (OurCopy ours = new OurCopy(directory, key, sizes(fragments))) {
      ours.ship(session);
    }
  }

  @Override
  protected AutoCloseable recording(SegmentKey key) throws Exception {
    try (OurCopy ours = new OurCopy(directory, key, BYTES)) {
      ReplicaFile file = session.open(key, ours.units(), ours.channel());
      for (Fragment unit : ours.units()) {
        file.append(unit, ours.channel());
      }
      file.commit().await();
      return file;
    }
  }

  @Override
  protected long used(String camera) throws FootageException {
    while (storage.footage().status().usedBytes().isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
    return store().usedBytes(camera);
  }

  @Test
  void whatLayThereBeforeIsCountedAndListed() throws Exception {
    SegmentKey key = new SegmentKey("front", BEGIN);
    SegmentKey next = new SegmentKey("front", BEGIN.plusSeconds(60));
    put(key, 4);
    put(next, 2);
    long bytes = used("");
    end();
    begin();
    assertEquals(bytes, used(""));
    assertEquals(bytes, used("front"));
    List<Segment> segments = list(SegmentQuery.ALL);
    assertEquals(List.of(key, next), segments.stream().map(Segment::key).toList());
    assertEquals(Duration.ofSeconds(60), segments.get(0).duration());
    assertTrue(segments.get(1).duration().compareTo(Duration.ofSeconds(60)) < 0);
    assertFalse(segments.get(0).open());
  }

  @Test
  void deletingIsToldAndLeavesNoEmptyDirectories() throws Exception {
    SegmentKey key = new SegmentKey("front", BEGIN);
    put(key, 1);
    store().delete(key);
    store().delete(key);
    assertEquals(List.of(key), deleted);
    assertFalse(Files.exists(server.home().resolve("footage/front/2026-03-01")));
    put(key, 1);
    assertTrue(Files.exists(server.home().resolve("footage").resolve(key.path())));
  }

  @Test
  void theStatusSaysHowMuchIsFree() {
    StoreStatus status = store().status();
    assertEquals("sftp", status.kind());
    assertEquals(StoreStatus.State.READY, status.state());
    assertTrue(status.freeBytes().orElseThrow() > 0);
    assertEquals("", status.lastError());
  }

  @Test
  void aLostConnectionIsMadeAgain() throws Exception {
    SegmentKey key = new SegmentKey("front", BEGIN);
    put(key, 1);
    assertEquals(1, list(SegmentQuery.ALL).size());
    server.dropConnections();
    assertEquals(1, list(SegmentQuery.ALL).size());
  }

  @Test
  void aServerThatIsGoneIsNotAnEmptyOne() throws IOException {
    server.stop();
    FootageException gone = assertThrows(FootageException.class, () -> list(SegmentQuery.ALL));
    assertTrue(gone.retryable());
  }
}
