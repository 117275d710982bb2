// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that takes a step whenever it is woken or its time has come. */
final class Worker {
  /** A step's answer that ends the thread. */
  static final long END = -1;

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FAULT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String name;
  private final ThreadFactory threads;
  private final LongSupplier step;
  private final Runnable last;
  private Thread thread;
  private boolean woken;
  private boolean ending;

  /**
   * Starts nothing.
   *
   * @param step returns nanoseconds until it is to be taken again, or {@link #END}
   * @param last lets go of what the steps hold; must not throw
   */
  Worker(String name, ThreadFactory threads, LongSupplier step, Runnable last) {
    this.name = name;
    this.last = last;
    this.threads = threads;
    this.step = step;
  }

  /** Starts the thread if it does not run. */
  synchronized void start() {
    if (thread == null && !ending) {
      thread = threads.newThread(this::run);
      thread.setName(name);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** There is something to do. Never blocks. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private void run() {
    try {
      long wait = 0;
      while (goOn(wait)) {
        wait = step();
      }
    } catch (InterruptedException e) {
      LOG.debug("{} was interrupted: it ends", name);
    } finally {
      last.run();
    }
  }

  /** One step; a fault does not end the thread. */
  long step() {
    try {
      return step.getAsLong();
    } catch (RuntimeException e) {
      LOG.error("{}: a fault of istream; going on in 5 s", name, e);
      return FAULT_NANOS;
    }
  }

  /** Waits; gathers for a moment what comes together. */
  private synchronized boolean goOn(long nanos) throws InterruptedException {
    if (nanos == END) {
      thread = null;
      return false;
    }
    long end = System.nanoTime() + nanos;
    while (!ending && !woken && end - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    end = System.nanoTime() + (woken && nanos > 0 ? GATHER_NANOS : 0);
    while (!ending && end - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    woken = false;
    return !ending;
  }

  /** Ends after the step under way. */
  synchronized void end() {
    ending = true;
    notifyAll();
  }

  /** Waits for the end, for some seconds at most. */
  void join(long millis) throws InterruptedException {
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      running.join(millis);
    }
  }
}
