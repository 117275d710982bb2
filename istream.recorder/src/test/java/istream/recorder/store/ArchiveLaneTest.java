// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static istream.recorder.store.Footage.at;
import static istream.recorder.store.Footage.fragment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The disk thread: in which order it serves whom. */
class ArchiveLaneTest {
  private static final long MILLIS = 20_000;

  private final MemoryArchive archive = new MemoryArchive();
  private final Storage storage = new Storage(archive, archive, archive);
  private final ArchiveLane disk = new ArchiveLane("test", () -> storage, () -> "none");

  /** One camera's lane on that disk. */
  private final class Member {
    final FootageQueue queue = new FootageQueue(() -> 1000, this::wake);
    final CameraLane lane;

    Member(String camera) {
      lane =
          new CameraLane(camera, Duration.ofSeconds(10), queue, new Throughput(() -> 0), () -> 0);
    }

    private void wake() {
      disk.wake(lane);
    }

    void offer(double from, double to) {
      for (double second = from; second < to; second++) {
        assertTrue(queue.offer(fragment(second, second % 2 == 0)));
      }
    }

    void awaitFinished() throws InterruptedException {
      queue.close();
      assertTrue(disk.awaitFinished(lane, MILLIS), lane.problem());
    }
  }

  @AfterEach
  void stop() {
    disk.stop();
  }

  @Test
  void theBacklogOfACameraComesBeforeWhatItsNewFileRecords() throws InterruptedException {
    CountDownLatch refused = new CountDownLatch(1);
    archive.whenRefused = refused::countDown;
    archive.failure = "the disk is full";
    archive.stored("front", -90, -10);
    Member before = new Member("front");
    before.queue.tell(Footage.runStart());
    before.offer(0, 3);
    before.queue.tell(new FootageItem.Trouble(GapCause.OPERATOR, "the file was changed", true));
    before.queue.close();
    assertTrue(refused.await(MILLIS, TimeUnit.MILLISECONDS));
    Member after = new Member("front");
    after.queue.tell(Footage.runStart());
    after.offer(10, 12);
    new Member("back").awaitFinished(); // the disk has looked at the others by now
    assertEquals("the disk is full", after.lane.problem());

    archive.failure = "";
    disk.storageChanged();
    after.awaitFinished();
    assertTrue(before.lane.finished());
    assertEquals("", after.lane.problem());
    assertEquals(
        List.of(
            new Gap(
                "front", at(-10), Optional.of(at(0)), GapCause.RESTART, "istream was not running"),
            new Gap(
                "front", at(3), Optional.of(at(10)), GapCause.OPERATOR, "the file was changed")),
        List.copyOf(archive.ledger.values()));
    assertEquals(List.of(at(0), at(10)), archive.starts());
  }

  @Test
  void aFaultWithOneCameraEndsNothing() throws InterruptedException {
    archive.beforeCreate =
        () -> {
          throw new StackOverflowError("too deep");
        };
    Member front = new Member("front");
    front.queue.tell(Footage.runStart());
    front.offer(0, 3);
    new Member("back").awaitFinished(); // the thread serves others
    assertTrue(front.lane.problem().contains("too deep"), front.lane.problem());

    archive.beforeCreate = () -> {};
    disk.storageChanged();
    front.awaitFinished();
    assertEquals("", front.lane.problem());
    assertEquals(1 + 3 + 1, archive.segments.get(archive.keys().get(0)).size());
  }

  @Test
  void aFaultThatStaysDoesNotKeepTheNextLaneOfTheCameraWaiting() throws InterruptedException {
    archive.beforeCreate =
        () -> {
          throw new IllegalStateException("never");
        };
    Member before = new Member("front");
    before.queue.tell(Footage.runStart());
    before.offer(0, 1);
    before.queue.close();
    Member after = new Member("front");
    after.queue.tell(Footage.runStart());
    before.awaitFinished();

    archive.beforeCreate = () -> {};
    after.offer(10, 12);
    after.awaitFinished();
    assertEquals(List.of(at(10)), archive.starts());
  }
}
