// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.concurrent.TimeUnit;

/** What a link carries, measured where enough was sent for it to tell. Any thread. */
final class Rate {
  private static final long LEAST_BYTES = 128 << 10;
  private static final double ASSUMED = 1 << 20;

  private volatile double bytesPerSecond = ASSUMED;

  void sent(long bytes, long nanos) {
    if (bytes >= LEAST_BYTES && nanos > 0) {
      double sample = (double) bytes * TimeUnit.SECONDS.toNanos(1) / nanos;
      bytesPerSecond = (bytesPerSecond + sample) / 2;
    }
  }

  double bytesPerSecond() {
    return bytesPerSecond;
  }
}
