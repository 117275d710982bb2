// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.concurrent.TimeUnit;

/** The connections of a replica, and what each carries. */
final class Lanes {
  private static final long LOST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long JOIN_MILLIS = 3000;

  private final Backlog backlog;
  private final LiveLane live;
  private final BacklogLane second;
  private final Worker worker;
  private final Fleet fleet;
  private long generation;

  /**
   * Starts nothing.
   *
   * @param worker takes the steps of {@code second}
   */
  Lanes(Backlog backlog, LiveLane live, BacklogLane second, Worker worker, Fleet fleet) {
    this.backlog = backlog;
    this.live = live;
    this.second = second;
    this.worker = worker;
    this.fleet = fleet;
  }

  boolean connected() {
    return live.link().up();
  }

  /** A step of the live heads, and of the backlog if there is no other connection for it. */
  long step() {
    long wait = live.step();
    fleet.look(live.link());
    if (generation != live.link().generation()) {
      generation = live.link().generation();
      if (live.link().outage() > LOST_NANOS) {
        backlog.review(true);
      }
    }
    return Math.min(wait, backlog());
  }

  private long backlog() {
    if (!connected() || !backlog.work()) {
      return Long.MAX_VALUE;
    }
    if (second.denied()) {
      return live.lend(backlog);
    }
    worker.start();
    if (second.idle()) {
      worker.wake();
    }
    return Long.MAX_VALUE;
  }

  /** Lets go of the files of the first connection. */
  void release() {
    live.release();
  }

  /** What the second thread does. */
  long backlogStep() {
    return worker.step();
  }

  /** Something was written. */
  void wake() {
    fleet.wake();
  }

  /** What the threads of further live connections do. */
  void furtherStep() {
    fleet.step();
  }

  void close() throws InterruptedException {
    worker.end();
    live.link().close();
    second.close();
    fleet.close();
    worker.join(JOIN_MILLIS);
  }
}
