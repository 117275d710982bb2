// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was seen last, so many of it. Any thread may call. */
final class Latest {
  private static final int MOST = 1000;

  private final Map<String, Long> counts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  /** Remembers a text, and tells whether it is new. */
  synchronized boolean add(String text) {
    return counts.putIfAbsent(text, 0L) == null;
  }

  /** Tells whether a text is known and a count is above all that came with it before. */
  synchronized boolean advance(String text, long count) {
    Long before = counts.get(text);
    if (before == null || count <= before) {
      return false;
    }
    counts.put(text, count);
    return true;
  }
}
