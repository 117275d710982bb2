// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageException;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageSource;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.ByteArrayOutputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A local storage in memory, and the recorders that write to it. */
final class MemorySource implements FootageSource {
  static final String ID = "archive";
  static final Duration UNIT = Duration.ofMillis(500);

  final TreeMap<SegmentKey, Copy> segments = new TreeMap<>();
  final List<SegmentKey> cuts = new ArrayList<>();
  FootageListener listener;
  boolean away;
  private final Random random = new Random(1);

  /** A segment of footage. */
  static final class Copy {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<Fragment> units = new ArrayList<>();
    boolean open = true;
  }

  /** Begins a segment with its init. */
  SegmentKey begin(String camera, Instant start) {
    SegmentKey key = new SegmentKey(camera, start);
    segments.put(key, new Copy());
    add(key, Unit.Kind.INIT, 40, start, Duration.ZERO);
    return key;
  }

  /** Writes a unit of half a second. */
  Fragment write(SegmentKey key, int length) {
    return add(key, Unit.Kind.FRAGMENT, length, until(key), UNIT);
  }

  /** End of a segment's newest frame. */
  Instant until(SegmentKey key) {
    List<Fragment> units = segments.get(key).units;
    return units.isEmpty() ? key.start() : units.get(units.size() - 1).end();
  }

  private Fragment add(
      SegmentKey key, Unit.Kind kind, int length, Instant start, Duration duration) {
    Copy copy = segments.get(key);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    Fragment unit = new Fragment(kind, copy.bytes.size(), length, start, duration, 0, true);
    copy.bytes.writeBytes(bytes);
    copy.units.add(unit);
    if (listener != null) {
      listener.written(ID, key, unit);
    }
    return unit;
  }

  void close(SegmentKey key) {
    Copy copy = segments.get(key);
    copy.open = false;
    if (listener != null) {
      listener.closed(ID, key, copy.bytes.size());
    }
  }

  /** A closed segment with so many units. */
  SegmentKey record(String camera, Instant start, int units, int length) {
    SegmentKey key = begin(camera, start);
    for (int i = 0; i < units; i++) {
      write(key, length);
    }
    close(key);
    return key;
  }

  void delete(SegmentKey key) {
    segments.remove(key);
    listener.deleted(ID, key);
  }

  byte[] bytes(SegmentKey key) {
    return segments.get(key).bytes.toByteArray();
  }

  @Override
  public List<String> cameras() throws FootageException {
    require();
    TreeSet<String> cameras = new TreeSet<>();
    segments.keySet().forEach(key -> cameras.add(key.camera()));
    return new ArrayList<>(cameras);
  }

  @Override
  public List<Instant> hours(String camera) throws FootageException {
    require();
    TreeSet<Instant> hours = new TreeSet<>();
    for (SegmentKey key : segments.keySet()) {
      if (key.camera().equals(camera)) {
        hours.add(key.start().truncatedTo(ChronoUnit.HOURS));
      }
    }
    return new ArrayList<>(hours);
  }

  @Override
  public List<Extent> hour(String camera, Instant hour) throws FootageException {
    require();
    List<Extent> extents = new ArrayList<>();
    segments.forEach(
        (key, copy) -> {
          if (key.camera().equals(camera)
              && key.start().truncatedTo(ChronoUnit.HOURS).equals(hour)) {
            extents.add(new Extent(key, copy.bytes.size(), copy.open));
          }
        });
    return extents;
  }

  @Override
  public List<Fragment> units(SegmentKey key) throws FootageException {
    return List.copyOf(find(key).units);
  }

  @Override
  public SeekableByteChannel open(SegmentKey key) throws FootageException {
    return new MemoryChannel(find(key).bytes);
  }

  @Override
  public void cut(SegmentKey key) {
    cuts.add(key);
  }

  private Copy find(SegmentKey key) throws FootageException {
    require();
    Copy copy = segments.get(key);
    if (copy == null) {
      throw new FootageException("there is no " + key.path(), false, null);
    }
    return copy;
  }

  private void require() throws FootageException {
    if (away) {
      throw new FootageException("the disk is missing", true, null);
    }
  }
}
