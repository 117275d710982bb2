// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The live heads: segments that are open here, and those that have just been closed. Any thread.
 */
final class Heads {
  private final Map<SegmentKey, Head> heads = new TreeMap<>();
  private int lanes = 1;

  /** Over how many connections new segments are spread. */
  synchronized void spread(int connections) {
    lanes = connections;
    heads.values().stream().filter(head -> head.lane() >= lanes).forEach(head -> head.move(0));
  }

  synchronized void written(SegmentKey key, Fragment unit) {
    head(key).written(unit);
  }

  /** Whether a segment was a live head and knows now that it is closed. */
  synchronized boolean closed(SegmentKey key, long bytes) {
    Head head = heads.get(key);
    if (head != null) {
      head.closed(bytes);
    }
    return head != null;
  }

  /** An open segment of which no unit was announced. */
  synchronized void adopt(SegmentKey key) {
    head(key);
  }

  private Head head(SegmentKey key) {
    return heads.computeIfAbsent(key, fresh -> new Head(fresh, leastLoaded()));
  }

  private int leastLoaded() {
    long[] load = new long[lanes];
    // a head that is up to date is a load, too: it will send
    heads.values().forEach(head -> load[head.lane()] += head.unsentBytes() + 1);
    int least = 0;
    for (int lane = 1; lane < lanes; lane++) {
      least = load[lane] < load[least] ? lane : least;
    }
    return least;
  }

  synchronized void remove(SegmentKey key) {
    heads.remove(key);
  }

  synchronized boolean holds(SegmentKey key) {
    return heads.containsKey(key);
  }

  /** All, oldest first. */
  synchronized List<Head> all() {
    return new ArrayList<>(heads.values());
  }

  /** Those of one connection, oldest first. */
  List<Head> of(int lane) {
    List<Head> mine = all();
    mine.removeIf(head -> head.lane() != lane);
    return mine;
  }

  /** Closed ones that have a younger closed one of their camera beside them. */
  synchronized List<Head> surplus() {
    Map<String, Head> newest = new TreeMap<>();
    List<Head> surplus = new ArrayList<>();
    for (Head head : heads.values()) {
      Head older = head.closed() ? newest.put(head.key().camera(), head) : null;
      if (older != null) {
        surplus.add(older);
      }
    }
    return surplus;
  }

  /** Whether one for which something can be done waits for longer than that. */
  boolean late(Duration limit, long now) {
    return all().stream().anyMatch(head -> head.due(now) && head.lateness().compareTo(limit) > 0);
  }

  /** Bytes of a camera's heads that are not durable. */
  long missingBytes(String camera) {
    return all().stream()
        .filter(head -> head.key().camera().equals(camera))
        .mapToLong(Head::missingBytes)
        .sum();
  }
}
