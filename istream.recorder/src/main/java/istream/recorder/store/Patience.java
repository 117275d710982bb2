// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long to wait for something that may never come. Confined to one thread. */
final class Patience {
  private final LongSupplier nanos;
  private final long most;
  private long since;
  private boolean waiting;

  Patience(LongSupplier nanos, Duration most) {
    this.nanos = nanos;
    this.most = most.toNanos();
  }

  /** Whether it is over; it begins with the first time that this is asked. */
  boolean isOver() {
    if (!waiting) {
      waiting = true;
      since = nanos.getAsLong();
    }
    return nanos.getAsLong() - since >= most;
  }
}
