// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Segments and cameras that the replica does not take for now. Confined to a thread at a time. */
final class Skips {
  private static final int MOST = 1000;

  private final LongSupplier nanos;
  private final Map<Object, Long> until = new LinkedHashMap<>();

  Skips(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void skip(Object key, long time) {
    if (until.size() >= MOST) {
      until.remove(until.keySet().iterator().next());
    }
    until.put(key, nanos.getAsLong() + time);
  }

  boolean skips(Object key) {
    Long end = until.get(key);
    boolean skips = end != null && nanos.getAsLong() < end;
    if (end != null && !skips) {
      until.remove(key);
    }
    return skips;
  }
}
