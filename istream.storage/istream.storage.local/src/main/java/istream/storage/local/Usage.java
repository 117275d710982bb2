// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Running totals of bytes per camera: built by one walk at the start, kept up by every change. Any
 * thread.
 *
 * <p>While the walk is under way, changes behind it count at once; those before it are seen by it.
 * Segments made meanwhile count by themselves, and the walk leaves them out.
 */
final class Usage {
  /** Unlinks one file and returns its size. */
  interface Deletion {
    long run() throws IOException;
  }

  private final Map<String, Long> totals = new HashMap<>();
  private final Set<SegmentKey> madeMeanwhile = new HashSet<>();
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
    madeMeanwhile.clear();
    counted = false;
    camera = "";
    hour = "";
    return ++generation;
  }

  /** Walks over all segments. Ends early when another walk was started. */
  void count(int walk) throws IOException {
    for (String name : tree.cameras()) {
      for (String day : tree.days(name)) {
        for (String hourOfDay : tree.hours(name, day)) {
          if (!countHour(walk, name, day, hourOfDay)) {
            return;
          }
        }
      }
    }
    synchronized (this) {
      if (walk == generation) {
        counted = true;
        madeMeanwhile.clear();
      }
    }
  }

  private synchronized boolean countHour(int walk, String name, String day, String hourOfDay)
      throws IOException {
    if (walk != generation) {
      return false;
    }
    List<SegmentKey> keys = tree.segments(name, day, hourOfDay);
    for (SegmentKey key : keys) {
      if (!madeMeanwhile.contains(key)) {
        add(key, size(key));
      }
    }
    camera = name;
    hour = day + "/" + hourOfDay;
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
      madeMeanwhile.add(key);
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
      madeMeanwhile.add(key);
    }
  }

  /** Deletes a segment, so that the walk sees it either counted or gone. */
  synchronized long delete(SegmentKey key, Deletion deletion) throws IOException {
    long bytes = deletion.run();
    if (isCounted(key)) {
      add(key, -bytes);
    }
    madeMeanwhile.remove(key);
    return bytes;
  }

  private boolean isCounted(SegmentKey key) {
    int behind = key.camera().compareTo(camera);
    return counted
        || madeMeanwhile.contains(key)
        || behind < 0
        || (behind == 0 && key.path().substring(camera.length() + 1).compareTo(hour + "0") < 0);
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
