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
final class SyncLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);

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

  /**
   * Does one last thing after the round under way, then ends.
   *
   * @param patience how long to wait for it
   * @return whether it is done; if not, the thread is left to itself
   */
  boolean close(Runnable last, Duration patience) {
    executor.execute(
        () -> {
          try {
            last.run();
          } finally {
            executor.shutdown();
          }
        });
    try {
      return executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
