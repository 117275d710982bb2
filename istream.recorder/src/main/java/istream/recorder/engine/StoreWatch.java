// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether what a camera sends is stored. A disk that blocks says nothing, and the connection is
 * fine: but nothing is recorded. Confined to the network thread.
 */
final class StoreWatch {
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Supplier<Optional<Instant>> recordedUntil;
  private Optional<Instant> stored = Optional.empty();
  private boolean begun;
  private boolean waiting;
  private long sinceNanos;

  /**
   * Makes a watch over nothing yet.
   *
   * @param recordedUntil end of the newest footage stored
   */
  StoreWatch(Supplier<Optional<Instant>> recordedUntil) {
    this.recordedUntil = recordedUntil;
  }

  /**
   * Looks again.
   *
   * @param madeNanos when the newest footage was made
   * @return why that cannot be called recording; empty if all is well
   */
  String problem(long now, long madeNanos) {
    Optional<Instant> newest = recordedUntil.get();
    if (!begun || !newest.equals(stored)) {
      begun = true;
      stored = newest;
      waiting = false;
      sinceNanos = now;
    } else if (!waiting && madeNanos - sinceNanos > 0) {
      waiting = true;
      sinceNanos = madeNanos;
    }
    return waiting && now - sinceNanos > MOST_NANOS
        ? "the camera sends, but for 10 s nothing has been stored; look at the disk of its storage"
        : "";
  }
}
