// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaSession;
import istream.api.replication.ReplicaStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** One connection to a replica, made again for ever. One thread uses it; any may close it. */
final class Link implements Connection {
  private static final int MANY = 3;

  /** With the 4 s that a store waits for an answer, a dead link is noticed within 5 s. */
  private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

  private final ReplicaStore store;
  private final LongSupplier nanos;
  private final Backoff backoff;

  private volatile ReplicaSession session;
  private volatile boolean closed;
  private long nextTry;
  private long lastUse;
  private final AtomicInteger failures = new AtomicInteger();
  private boolean proven;
  private long madeCount;
  private long downSince;
  private long outage;

  Link(ReplicaStore store, LongSupplier nanos, Backoff backoff) {
    this.store = store;
    this.nanos = nanos;
    this.backoff = backoff;
    nextTry = nanos.getAsLong();
    downSince = nextTry;
  }

  @Override
  public ReplicaSession session() throws ReplicaException {
    ReplicaSession current = session;
    return current == null ? connect() : current;
  }

  private ReplicaSession connect() throws ReplicaException {
    failures.incrementAndGet();
    ReplicaSession made = store.connect();
    failures.set(0);
    session = made;
    if (closed) {
      close();
      throw new ReplicaException(
          ReplicaException.Kind.LINK, "storage " + store.id() + ": replication is ending", null);
    }
    madeCount++;
    outage = nanos.getAsLong() - downSince;
    used();
    return made;
  }

  @Override
  public boolean up() {
    return session != null;
  }

  /** Whether something was answered over it: to have been made is not enough. */
  boolean proven() {
    return proven;
  }

  /** Whether it could not be made several times running. */
  boolean failing() {
    return failures.get() >= MANY;
  }

  /** How many connections there have been: files belong to one of them. */
  long generation() {
    return madeCount;
  }

  /** How long there was none before this one. */
  long outage() {
    return outage;
  }

  /** Nanoseconds until it may be tried; 0 at once. */
  long pause() {
    return up() ? 0 : Math.max(0, nextTry - nanos.getAsLong());
  }

  /** The replica did what was asked, if anything was asked. */
  void answered() {
    if (up()) {
      proven = true;
      backoff.succeeded();
      used();
    }
  }

  private void used() {
    lastUse = nanos.getAsLong();
  }

  /** It is of no more use. */
  void broke(ReplicaException why) {
    downSince = up() ? nanos.getAsLong() : downSince;
    proven = false;
    disconnect();
    nextTry = nanos.getAsLong() + backoff.pause(why.kind());
  }

  /** Asks for a sign of life when nothing else was asked for a while; says when the next is due. */
  long ping() throws ReplicaException {
    if (nanos.getAsLong() - lastUse >= PING_NANOS) {
      session().ping();
      answered();
    }
    return PING_NANOS - (nanos.getAsLong() - lastUse);
  }

  /** Ends the connection; the next use makes another. */
  void disconnect() {
    ReplicaSession current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }

  /** Ends it for good, and what is under way on it. Any thread. */
  void close() {
    closed = true;
    disconnect();
  }
}
