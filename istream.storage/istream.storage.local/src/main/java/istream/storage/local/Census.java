// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts the footage of a volume in the background; goes on where the disk refused. */
final class Census {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final Equipment equipment;
  private final int walk;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Begins to count anew. */
  Census(Equipment equipment) {
    this.equipment = equipment;
    walk = equipment.usage().restart();
    Thread thread = new Thread(this::run, "istream-count-" + equipment.settings().id());
    thread.setDaemon(true);
    thread.start();
  }

  /** Counts no further, and forgets what was counted. */
  void stop() {
    stopped.countDown();
    equipment.usage().restart();
  }

  private void run() {
    try {
      Duration pause = FIRST_PAUSE;
      while (!count() && !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        Duration next = pause.multipliedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean count() {
    try {
      equipment.usage().count(walk);
      return true;
    } catch (IOException e) {
      equipment.health().note("counting the footage failed: " + e + "; check the disk", e);
      return false;
    }
  }
}
