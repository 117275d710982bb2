// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies of one storage take turns; those of another do not wait for them. */
final class ScheduleTest {
  private static final Duration OFTEN = Duration.ofMillis(1);

  private final Schedule schedule = new Schedule(OFTEN);
  private final CountDownLatch answers = new CountDownLatch(1);
  private final BlockingQueue<Thread> looks = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() throws InterruptedException {
    answers.countDown();
    schedule.stop();
  }

  private boolean hang() {
    looks.add(Thread.currentThread());
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean look() {
    looks.add(Thread.currentThread());
    return false;
  }

  private Turn look(String storage) {
    return schedule.every(storage, OFTEN, this::look);
  }

  private Thread next() throws InterruptedException {
    Thread thread = looks.poll(20, TimeUnit.SECONDS);
    assertTrue(thread != null, "no look within 20 s");
    return thread;
  }

  @Test
  void aStorageThatHangsHoldsUpNoOther() throws Exception {
    Turn hanging = schedule.every("stalled", OFTEN, this::hang);
    Thread stalled = next();
    Turn waiting = look("stalled");
    Turn other = look("healthy");
    Thread healthy = next();
    assertEquals("istream-retention-healthy", healthy.getName());
    assertEquals(healthy, next());
    other.close();
    hanging.close();
    answers.countDown();
    Thread turn = next();
    while (turn == healthy) {
      turn = next();
    }
    assertEquals(stalled, turn, "the policies of one storage take turns");
    waiting.close();
  }

  @Test
  void aThreadWithoutPoliciesEnds() throws Exception {
    Turn policy = look("archive");
    Thread thread = next();
    policy.close();
    thread.join(20_000);
    assertEquals(Thread.State.TERMINATED, thread.getState());
    looks.clear();
    Turn next = look("archive");
    assertNotEquals(thread, next());
    next.close();
  }

  @Test
  void aLookThatLeavesMoreToDoIsFollowedByTheNextAtOnce() throws Exception {
    CountDownLatch many = new CountDownLatch(1_000);
    Turn turn =
        schedule.every(
            "archive",
            Duration.ofSeconds(1),
            () -> {
              many.countDown();
              return true;
            });
    assertTrue(many.await(20, TimeUnit.SECONDS), "1000 looks take no 1000 s");
    turn.close();
  }
}
