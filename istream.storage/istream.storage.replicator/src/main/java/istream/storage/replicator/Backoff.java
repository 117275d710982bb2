// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.replication.ReplicaException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try. A link that broke is tried at once, after half a second and
 * then every second, for every second counts when it comes back; a server that said no every 15 s.
 */
final class Backoff {
  static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RandomGenerator random;
  private long next;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Something was answered: the next break is met by an immediate try. */
  void succeeded() {
    next = 0;
  }

  /** How long to wait after a failure. */
  long pause(ReplicaException.Kind kind) {
    if (kind != ReplicaException.Kind.LINK) {
      return jitter(REFUSED_NANOS);
    }
    long wait = next;
    next = next == 0 ? FIRST_NANOS : Math.min(MOST_NANOS, next * 2);
    return jitter(wait);
  }

  private long jitter(long nanos) {
    return nanos - (nanos == 0 ? 0 : random.nextLong(nanos / 4));
  }
}
