// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when too much footage is at risk, and when that is over. One thread. */
final class RiskWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RiskWatch.class);
  private static final Duration HIGH = Duration.ofSeconds(5);
  private static final Duration LOW = Duration.ofMillis(1500);

  private final String storage;
  private final Books books;
  private final LongSupplier nanos;
  private final Map<String, Long> since = new HashMap<>();

  RiskWatch(String storage, Books books, LongSupplier nanos) {
    this.storage = storage;
    this.books = books;
    this.nanos = nanos;
  }

  void look() {
    for (String camera : books.risk().cameras()) {
      books.risk().of(camera).ifPresent(risk -> look(camera, risk));
    }
  }

  private void look(String camera, Duration risk) {
    Long begun = since.get(camera);
    if (begun == null && risk.compareTo(HIGH) > 0) {
      since.put(camera, nanos.getAsLong());
      String why = books.alarms().first();
      LOG.warn(
          "camera {}: the newest {} s are not on replica {}: {}",
          camera,
          risk.toSeconds(),
          storage,
          why.isEmpty() ? "the link carries less than the camera sends" : why);
    } else if (begun != null && risk.compareTo(LOW) < 0) {
      since.remove(camera);
      LOG.info(
          "camera {}: replica {} is up to date again after {} s",
          camera,
          storage,
          TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - begun));
    }
  }

  /** Whether a camera is above the limit. */
  boolean high(String camera) {
    return since.containsKey(camera);
  }
}
