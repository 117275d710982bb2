// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a storage that syncs. It sleeps while there is nothing to look after. */
final class SyncLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);
  private static final long STOP_SECONDS = 5;

  private final ScheduledThreadPoolExecutor executor;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Supplier<Duration> round;

  /**
   * Makes a loop that waits.
   *
   * @param round does the work; returns when to come again, or zero to sleep until woken
   */
  SyncLoop(String storage, Supplier<Duration> round) {
    this.round = round;
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "istream-sync-" + storage);
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRejectedExecutionHandler(
        (task, pool) -> LOG.debug("storage {} is closed; nothing to sync", storage));
  }

  /** Comes round after {@code delay}, unless it does anyway. */
  void wake(Duration delay) {
    if (scheduled.compareAndSet(false, true)) {
      // run() keeps its own failures
      ScheduledFuture<?> unused =
          executor.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    scheduled.set(false);
    Duration next = Duration.ofSeconds(1);
    try {
      next = round.get();
    } catch (RuntimeException e) {
      LOG.error("a fault of istream while syncing; trying again", e);
    }
    if (!next.isZero()) {
      wake(next);
    }
  }

  /** Waits a bounded time for the round under way. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the disk does not answer; its thread is left to itself");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
