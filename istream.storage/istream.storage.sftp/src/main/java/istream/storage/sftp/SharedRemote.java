// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One connection for all who look at the storage now and then: made when it is needed, and ended
 * after half a minute without use. Any thread; one after the other.
 */
final class SharedRemote implements AutoCloseable {
  private static final long IDLE = TimeUnit.SECONDS.toNanos(30);

  private final Shared shared;
  private final Links links;
  private volatile Remote remote;
  private long lastUse;
  private boolean watched;
  private volatile boolean closed;

  /** What is done over the connection. */
  interface Work<T> {
    T with(Remote remote) throws ReplicaException;
  }

  SharedRemote(Shared shared, Links links) {
    this.shared = shared;
    this.links = links;
  }

  /** Does something; once more over a new connection if the one that was there had died. */
  synchronized <T> T use(Work<T> work) throws ReplicaException {
    boolean fresh = connect();
    try {
      return work.with(remote);
    } catch (ReplicaException e) {
      if (e.kind() != ReplicaException.Kind.LINK) {
        throw e;
      }
      drop();
      if (fresh) {
        throw shared.state().failed(e);
      }
      connect();
      return work.with(remote);
    } finally {
      lastUse = System.nanoTime();
      if (!watched) {
        watched = true;
        lookAfter(IDLE);
      }
    }
  }

  private boolean connect() throws ReplicaException {
    if (closed) {
      throw new Complaints(shared.settings()).again("the storage is being stopped");
    }
    if (remote != null && !remote.sftp().pipeline().isBroken()) {
      return false;
    }
    drop();
    remote = Remote.connect(shared.settings(), links, shared.state());
    return true;
  }

  private void lookAfter(long nanos) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::endIfIdle);
  }

  private synchronized void endIfIdle() {
    long left = lastUse + IDLE - System.nanoTime();
    if (left > 0 && remote != null) {
      lookAfter(left);
    } else {
      watched = false;
      drop();
    }
  }

  private void drop() {
    if (remote != null) {
      remote.close();
      remote = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    Remote last = remote;
    if (last != null) {
      last.close();
    }
  }
}
