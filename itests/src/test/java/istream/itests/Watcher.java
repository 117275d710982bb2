// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Tells for how long this machine was too busy to do what was due. */
final class Watcher implements AutoCloseable {
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final AtomicLong longest = new AtomicLong();
  private final Thread thread = new Thread(this::watch, "watcher");

  private Watcher() {}

  static Watcher start() {
    Watcher watcher = new Watcher();
    watcher.thread.setDaemon(true);
    watcher.thread.start();
    return watcher;
  }

  private void watch() {
    long before = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(NAP_NANOS);
      long now = System.nanoTime();
      long late = now - before - NAP_NANOS;
      longest.accumulateAndGet(late, Math::max);
      before = now;
    }
  }

  /** The longest time since the last call that a nap lasted longer than it should have. */
  long latestNanos() {
    return longest.getAndSet(0);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
