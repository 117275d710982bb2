// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.replication.ReplicaException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships the backlog over a connection of its own while there is one to be had; else says so, and
 * the live heads' connection carries it. Confined to a thread but for the questions.
 */
final class BacklogLane {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogLane.class);
  private static final long SLICE = 1 << 20;
  private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long DENIED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Backlog backlog;
  private final Link live;
  private final Link link;
  private final boolean allowed;
  private final LongSupplier nanos;
  private long worked;
  private volatile boolean idle;
  private volatile long deniedUntil;

  /**
   * Connects to nothing yet.
   *
   * @param live the connection of the live heads
   * @param allowed whether there may be a second one
   */
  BacklogLane(Backlog backlog, Link live, Link link, boolean allowed, LongSupplier nanos) {
    this.allowed = allowed;
    this.backlog = backlog;
    this.live = live;
    this.link = link;
    this.nanos = nanos;
    worked = nanos.getAsLong();
    deniedUntil = nanos.getAsLong();
  }

  /** Whether there is no second connection to be had for now. */
  boolean denied() {
    return !allowed || nanos.getAsLong() < deniedUntil;
  }

  /** Whether it waits for something to do. */
  boolean idle() {
    return idle;
  }

  /** A piece of the backlog; ends when there has been none for a while, or the link is down. */
  long step() {
    idle = false;
    if (denied()) {
      return Worker.END;
    }
    if (!live.up()) {
      return end();
    }
    if (link.pause() > 0) {
      return link.pause();
    }
    boolean connected = link.up();
    try {
      return ship();
    } catch (ReplicaException e) {
      broke(e);
      LOG.debug("the connection of the backlog: {}", e.getMessage());
      return connected || !live.up() ? link.pause() : deny();
    } catch (RuntimeException e) {
      LOG.error("a fault of istream in replication; trying again", e);
      broke(new ReplicaException(ReplicaException.Kind.REFUSED, "a fault of istream: " + e, e));
      return link.pause();
    }
  }

  private long ship() throws ReplicaException {
    long wait = backlog.step(link, SLICE);
    if (wait != Backlog.NOTHING) {
      worked = nanos.getAsLong();
      link.answered();
      return wait;
    }
    idle = true;
    long left = worked + KEEP_NANOS - nanos.getAsLong();
    return left > 0 ? left : end();
  }

  private void broke(ReplicaException e) {
    backlog.drop();
    link.broke(e);
  }

  private long deny() {
    link.disconnect();
    deniedUntil = nanos.getAsLong() + DENIED_NANOS;
    return Worker.END;
  }

  private long end() {
    release();
    link.disconnect();
    return Worker.END;
  }

  /** Lets go of the file under way, unless the other connection carries the backlog. */
  void release() {
    if (!denied()) {
      backlog.drop();
    }
  }

  void close() {
    link.close();
  }
}
