// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A policy's place in the row of those that look after a storage. Thread-safe. */
final class Turn implements AutoCloseable {
  private final ScheduledExecutorService thread;
  private final Duration interval;
  private final BooleanSupplier look;
  private Future<?> next;
  private boolean closed;

  /**
   * Waits for its first look.
   *
   * @param look returns whether there is more to do at once; after the others have had their turn
   */
  Turn(ScheduledExecutorService thread, Duration interval, BooleanSupplier look) {
    this.thread = thread;
    this.interval = interval;
    this.look = look;
    after(interval);
  }

  private synchronized void after(Duration delay) {
    if (!closed) {
      next = thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    boolean again = false;
    try {
      again = look.getAsBoolean();
    } finally {
      after(again ? Duration.ZERO : interval);
    }
  }

  /** No more looks; one that is under way goes on. */
  @Override
  public synchronized void close() {
    closed = true;
    next.cancel(false);
  }
}
