// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The one thread of all policies: they take turns, so that they never race for a file. */
@Component(service = Schedule.class)
public final class Schedule {
  private static final long STOP_SECONDS = 5;

  private final ScheduledThreadPoolExecutor executor;

  /** Starts the thread. */
  @Activate
  public Schedule() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "istream-retention");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  /** Runs a task now and again; it must not throw. */
  ScheduledFuture<?> every(Duration interval, Runnable task) {
    long millis = interval.toMillis();
    return executor.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Deactivate
  void stop() throws InterruptedException {
    executor.shutdown();
    // a deletion under way is finished; a disk that hangs is left to itself
    boolean ended = executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      executor.shutdownNow();
    }
  }
}
