// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens in another process, with a deadline. */
public final class Wait {
  /** Most looks start a process. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long CLOSE_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Wait() {}

  /**
   * Looks four times a second until the condition holds.
   *
   * @param what completes the sentence "it did not come about that …"
   * @throws AssertionError when the limit has passed
   */
  public static void until(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    until(what, limit, TICK_NANOS, condition);
  }

  /** The same for a moment that is not to be missed; looking has to be cheap. */
  public static void closely(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    until(what, limit, CLOSE_TICK_NANOS, condition);
  }

  private static void until(String what, Duration limit, long tick, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("within " + limit + " it did not come about that " + what);
      }
      LockSupport.parkNanos(tick);
    }
  }
}
