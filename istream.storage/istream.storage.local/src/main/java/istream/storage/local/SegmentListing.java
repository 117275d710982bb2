// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Names of segments in the order of their start, one hour's directories at a time, without asking
 * for any file. Confined to one thread; throws {@link UncheckedIOException}.
 */
final class SegmentListing extends Spliterators.AbstractSpliterator<SegmentKey> {
  private final FootageTree tree;
  private final SegmentQuery query;
  private final List<String> cameras;
  private final Map<String, Instant> begins = new HashMap<>();
  private final Deque<String> days = new ArrayDeque<>();
  private final Deque<String> hours = new ArrayDeque<>();
  private final Deque<SegmentKey> keys = new ArrayDeque<>();
  private String day = "";

  SegmentListing(FootageTree tree, SegmentQuery query) throws IOException {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.tree = tree;
    this.query = query;
    cameras = query.camera().isEmpty() ? tree.cameras() : List.of(query.camera());
    TreeSet<String> all = new TreeSet<>();
    for (String camera : cameras) {
      List<String> its = tree.days(camera);
      begins.put(camera, begin(camera));
      String from = FootageTree.dayOf(begins.get(camera));
      its.stream().filter(name -> name.compareTo(from) >= 0).forEach(all::add);
    }
    String to = FootageTree.dayOf(query.to());
    all.stream().filter(name -> name.compareTo(to) <= 0).forEach(days::add);
  }

  /** The segment that begins before the time asked for may reach into it. */
  private Instant begin(String camera) throws IOException {
    if (query.from().equals(Instant.MIN)) {
      return Instant.MIN;
    }
    Optional<SegmentKey> before = tree.floor(camera, query.from());
    return before.map(SegmentKey::start).orElse(query.from());
  }

  @Override
  public boolean tryAdvance(Consumer<? super SegmentKey> action) {
    try {
      while (keys.isEmpty()) {
        if (!nextHour()) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    action.accept(keys.remove());
    return true;
  }

  private boolean nextHour() throws IOException {
    while (hours.isEmpty()) {
      if (days.isEmpty()) {
        return false;
      }
      day = days.remove();
      TreeSet<String> its = new TreeSet<>();
      for (String camera : cameras) {
        its.addAll(tree.hours(camera, day));
      }
      hours.addAll(its);
    }
    String hour = hours.remove();
    List<SegmentKey> found = new ArrayList<>();
    for (String camera : cameras) {
      Instant begin = begins.get(camera);
      for (SegmentKey key : tree.segments(camera, day, hour)) {
        if (!key.start().isBefore(begin) && key.start().isBefore(query.to())) {
          found.add(key);
        }
      }
    }
    Collections.sort(found);
    keys.addAll(found);
    return true;
  }
}
