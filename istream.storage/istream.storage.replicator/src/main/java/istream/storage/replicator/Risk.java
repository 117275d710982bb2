// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Of each camera, the newest frame here and the newest that is durable there. Any thread. */
final class Risk {
  private final Map<String, Instant> written = new TreeMap<>();
  private final Map<String, Instant> durable = new TreeMap<>();

  synchronized void written(String camera, Instant end) {
    written.merge(camera, end, Risk::later);
  }

  synchronized void durable(String camera, Instant end) {
    durable.merge(camera, end, Risk::later);
  }

  synchronized Optional<Instant> durableUntil(String camera) {
    return Optional.ofNullable(durable.get(camera));
  }

  /** Empty while it is not known. */
  synchronized Optional<Duration> of(String camera) {
    Instant here = written.get(camera);
    Instant there = durable.get(camera);
    if (here == null || there == null) {
      return Optional.empty();
    }
    return Optional.of(there.isBefore(here) ? Duration.between(there, here) : Duration.ZERO);
  }

  synchronized Set<String> cameras() {
    return new TreeSet<>(written.keySet());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
