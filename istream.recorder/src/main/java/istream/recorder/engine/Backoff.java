// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.media.StreamFailure;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try. A camera that cannot be reached is tried anew half a second
 * after the last try began, for a connection request costs nobody anything and every second counts
 * when it comes back; one that breaks down in the middle about every second; one that answers and
 * refuses is given more and more time, up to 15 s, for some lock out who asks too often.
 */
final class Backoff {
  static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long KNOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RandomGenerator random;
  private long next;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The stream went well: the next failure is met by an immediate try. */
  void succeeded() {
    next = 0;
  }

  /**
   * How long to wait after a failure.
   *
   * @param lastedNanos how long the try took: what comes twice a second is its begin
   */
  long pause(StreamFailure failure, long lastedNanos) {
    if (!failure.retrySoon()) {
      return refused();
    }
    return switch (failure.kind()) {
      case UNREACHABLE, ABSENT, STALLED -> Math.max(0, jitter(KNOCK_NANOS) - lastedNanos);
      default -> broken();
    };
  }

  /** The camera was there and broke down, which may be over any moment: at once, then every 1 s. */
  private long broken() {
    long wait = Math.min(next, FIRST_NANOS);
    next = Math.max(next, FIRST_NANOS);
    return jitter(wait);
  }

  /** The camera was there and refused: at once, then 1 s, 2 s, … 15 s. */
  private long refused() {
    long wait = next;
    next = next == 0 ? FIRST_NANOS : Math.min(MOST_NANOS, next * 2);
    return jitter(wait);
  }

  private long jitter(long nanos) {
    return nanos - (nanos == 0 ? 0 : random.nextLong(nanos / 4));
  }
}
