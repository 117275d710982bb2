// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Running totals of bytes per camera: built by a walk at the start, kept up by every change. Any
 * thread; no lock is held while the disk is asked.
 *
 * <p>While the walk is under way, changes behind it count at once; those before it are seen by it.
 * Segments made or deleted meanwhile count by themselves, and the walk leaves them out.
 */
final class Usage {
  private final Map<String, Long> totals = new HashMap<>();
  private final Set<SegmentKey> leftOut = new HashSet<>();
  private final Map<SegmentKey, Long> leaving = new HashMap<>();
  private final FootageTree tree;
  private int generation;
  private boolean counted;
  private String camera = "";
  private String hour = "";

  Usage(FootageTree tree) {
    this.tree = tree;
  }

  /** Forgets everything, for a volume that is opened (again); returns the number of the walk. */
  synchronized int restart() {
    totals.clear();
    leftOut.clear();
    counted = false;
    camera = "";
    hour = "";
    leaving.forEach(this::begins);
    return ++generation;
  }

  /**
   * Walks over all segments; after a failure, over those that are left. Ends early when another
   * walk was started.
   */
  void count(int walk) throws IOException {
    for (String name : tree.cameras()) {
      for (String day : tree.days(name)) {
        for (String hourOfDay : tree.hours(name, day)) {
          if (!isPassed(name, day + "/" + hourOfDay) && !countHour(walk, name, day, hourOfDay)) {
            return;
          }
        }
      }
    }
    synchronized (this) {
      if (walk == generation) {
        counted = true;
        leftOut.clear();
      }
    }
  }

  private synchronized boolean isPassed(String name, String nameOfHour) {
    int behind = name.compareTo(camera);
    return behind < 0 || (behind == 0 && nameOfHour.compareTo(hour) <= 0);
  }

  private boolean countHour(int walk, String name, String day, String hourOfDay)
      throws IOException {
    Map<SegmentKey, Long> sizes = new HashMap<>();
    for (SegmentKey key : tree.segments(name, day, hourOfDay)) {
      sizes.put(key, size(key));
    }
    return take(walk, name, day + "/" + hourOfDay, sizes);
  }

  private synchronized boolean take(
      int walk, String name, String nameOfHour, Map<SegmentKey, Long> sizes) {
    if (walk != generation) {
      return false;
    }
    sizes.keySet().removeAll(leftOut);
    sizes.forEach(this::add);
    camera = name;
    hour = nameOfHour;
    return true;
  }

  private long size(SegmentKey key) throws IOException {
    try {
      return Files.size(tree.file(key));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** A segment begins, or goes on, with so many bytes. */
  synchronized void begins(SegmentKey key, long bytes) {
    if (!isCounted(key)) {
      leftOut.add(key);
      add(key, bytes);
    }
  }

  /** A segment known to {@link #begins} got longer or, with a negative number, shorter. */
  synchronized void add(SegmentKey key, long bytes) {
    totals.merge(key.camera(), bytes, Long::sum);
  }

  /** A new file begins. */
  synchronized void made(SegmentKey key) {
    if (!counted) {
      leftOut.add(key);
    }
  }

  /** A segment of so many bytes is about to be deleted; {@link #left} tells how that went. */
  synchronized void leaves(SegmentKey key, long bytes) {
    leaving.put(key, bytes);
    begins(key, bytes);
  }

  /** A deletion is over: the segment is gone, or stays after all. */
  synchronized void left(SegmentKey key, boolean gone) {
    Long bytes = leaving.remove(key);
    if (gone && bytes != null) {
      add(key, -bytes);
    }
  }

  private boolean isCounted(SegmentKey key) {
    return counted || leftOut.contains(key) || isPassed(key.camera(), FootageTree.hourOf(key));
  }

  /** Bytes of a camera, or of all if it is empty; empty while they are being counted. */
  synchronized OptionalLong bytes(String of) {
    if (!counted) {
      return OptionalLong.empty();
    }
    long bytes =
        of.isEmpty()
            ? totals.values().stream().mapToLong(Long::longValue).sum()
            : totals.getOrDefault(of, 0L);
    return OptionalLong.of(bytes);
  }
}
