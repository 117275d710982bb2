// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what lies there, once, in the background and over a connection of its own; after a failure
 * again, until it has come to the end. Any thread.
 */
final class Census implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Census.class);
  private static final long LONGEST_PAUSE = 300;
  private static final long FIRST_PAUSE = 5;

  private final Shared shared;
  private final Links links;
  private long pause = FIRST_PAUSE;
  private boolean started;
  private boolean closed;
  private Remote remote;

  Census(Shared shared, Links links) {
    this.shared = shared;
    this.links = links;
  }

  /** Begins, unless it has already; returns at once. */
  synchronized void start() {
    if (!started && !closed && !shared.index().isCounted()) {
      started = true;
      Thread thread = new Thread(this::run, "istream-sftp-" + shared.settings().id() + "-index");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    try {
      count();
    } catch (ReplicaException e) {
      LOG.debug("counting is tried again", e);
      tryAgain();
    }
  }

  private void count() throws ReplicaException {
    try (Remote own = connect()) {
      RemoteHours there = new RemoteHours(own);
      for (String camera : there.cameras()) {
        for (Instant hour : there.hours(camera)) {
          shared.index().listed(there.segments(camera, hour));
        }
      }
      shared.index().complete();
    }
  }

  private Remote connect() throws ReplicaException {
    Remote own = Remote.connect(shared.settings(), links, shared.state());
    synchronized (this) {
      remote = own;
      if (closed) {
        own.close();
      }
    }
    return own;
  }

  private synchronized void tryAgain() {
    started = false;
    CompletableFuture.delayedExecutor(pause, TimeUnit.SECONDS).execute(this::start);
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (remote != null) {
      remote.close();
    }
  }
}
