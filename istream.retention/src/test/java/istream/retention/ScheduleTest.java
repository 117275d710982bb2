// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
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

  private void hang() {
    looks.add(Thread.currentThread());
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ScheduledFuture<?> look(String storage) {
    return schedule.every(storage, OFTEN, () -> looks.add(Thread.currentThread()));
  }

  private Thread next() throws InterruptedException {
    Thread thread = looks.poll(20, TimeUnit.SECONDS);
    assertTrue(thread != null, "no look within 20 s");
    return thread;
  }

  @Test
  void aStorageThatHangsHoldsUpNoOther() throws Exception {
    ScheduledFuture<?> hanging = schedule.every("stalled", OFTEN, this::hang);
    Thread stalled = next();
    ScheduledFuture<?> waiting = look("stalled");
    ScheduledFuture<?> other = look("healthy");
    Thread healthy = next();
    assertEquals("istream-retention-healthy", healthy.getName());
    assertEquals(healthy, next());
    other.cancel(false);
    hanging.cancel(false);
    answers.countDown();
    Thread turn = next();
    while (turn == healthy) {
      turn = next();
    }
    assertEquals(stalled, turn, "the policies of one storage take turns");
    waiting.cancel(false);
  }

  @Test
  void aThreadWithoutPoliciesEnds() throws Exception {
    ScheduledFuture<?> policy = look("archive");
    Thread thread = next();
    policy.cancel(false);
    thread.join(20_000);
    assertEquals(Thread.State.TERMINATED, thread.getState());
    looks.clear();
    ScheduledFuture<?> next = look("archive");
    assertNotEquals(thread, next());
    next.cancel(false);
  }
}
