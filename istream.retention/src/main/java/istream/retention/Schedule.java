// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * One thread for each storage. Policies of one storage take turns, so that they never race for a
 * file; a disk that hangs holds up no other storage. A thread without policies ends.
 */
@Component(service = Schedule.class)
public final class Schedule {
  private static final long STOP_SECONDS = 5;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Map<String, ScheduledThreadPoolExecutor> threads = new HashMap<>();
  private final Duration idle;

  /** Starts nothing yet. */
  @Activate
  public Schedule() {
    this(IDLE);
  }

  /**
   * Starts nothing yet.
   *
   * @param idle after which a thread without policies ends
   */
  Schedule(Duration idle) {
    this.idle = idle;
  }

  /**
   * Looks after a storage now and again until the turn is closed.
   *
   * @param look must not throw; returns whether there is more to do at once
   */
  synchronized Turn every(String storage, Duration interval, BooleanSupplier look) {
    return new Turn(threads.computeIfAbsent(storage, this::thread), interval, look);
  }

  private ScheduledThreadPoolExecutor thread(String storage) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "istream-retention-" + storage);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    executor.setKeepAliveTime(idle.toMillis(), TimeUnit.MILLISECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Deactivate
  synchronized void stop() throws InterruptedException {
    threads.values().forEach(ScheduledThreadPoolExecutor::shutdown);
    // deletions under way are finished; a disk that hangs is left to itself
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    for (ScheduledThreadPoolExecutor executor : threads.values()) {
      if (!executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        executor.shutdownNow();
      }
    }
  }
}
