// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The uplink budget of a replica: a bucket that fills at the rate and holds a second of it. Live
 * heads may empty it; the backlog leaves them the lower half. Any thread.
 */
final class Pace {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double bytesPerSecond;
  private final LongSupplier nanos;
  private double balance;
  private long filled;

  Pace(OptionalLong bitsPerSecond, LongSupplier nanos) {
    bytesPerSecond = bitsPerSecond.isPresent() ? bitsPerSecond.getAsLong() / 8.0 : 0;
    this.nanos = nanos;
    balance = bytesPerSecond;
    filled = nanos.getAsLong();
  }

  /** Nanoseconds until a live head may send; 0 at once. */
  long waitForLive() {
    return waitFor(0);
  }

  /** Nanoseconds until the backlog may send; 0 at once. */
  long waitForBacklog() {
    return waitFor(bytesPerSecond / 2);
  }

  private synchronized long waitFor(double level) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    long now = nanos.getAsLong();
    balance = Math.min(bytesPerSecond, balance + (now - filled) / SECOND * bytesPerSecond);
    filled = now;
    return balance >= level ? 0 : (long) Math.ceil((level - balance) / bytesPerSecond * SECOND);
  }

  /** So much is sent. */
  synchronized void spend(long bytes) {
    balance -= bytes;
  }
}
