// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A storage in memory. */
final class Shelf implements FootageStore {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final long MB = 1_000_000;

  final TreeMap<SegmentKey, Long> segments = new TreeMap<>();
  final Set<SegmentKey> open = new HashSet<>();
  final Set<SegmentKey> stuck = new HashSet<>();
  StoreStatus.State state = StoreStatus.State.READY;
  OptionalLong free = OptionalLong.of(100_000 * MB);
  long floor = 512 * MB;
  boolean counting;
  int listed;

  void fill(String camera, int count, long bytes) {
    for (int i = 0; i < count; i++) {
      segments.put(new SegmentKey(camera, START.plusSeconds(60L * i)), bytes);
    }
  }

  /** Sets what is free; negative for not known. */
  void free(long bytes) {
    free = bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  List<SegmentKey> keys() {
    return List.copyOf(segments.keySet());
  }

  @Override
  public StoreStatus status() {
    return new StoreStatus("archive", "memory", state, OptionalLong.empty(), free, floor, "");
  }

  @Override
  public Stream<Segment> list(SegmentQuery query) {
    return keys().stream()
        .filter(key -> query.camera().isEmpty() || key.camera().equals(query.camera()))
        .filter(key -> key.start().plusSeconds(60).isAfter(query.from()))
        .peek(key -> listed++)
        .map(
            key ->
                new Segment(
                    key,
                    "archive",
                    Duration.ofSeconds(60),
                    segments.get(key),
                    open.contains(key),
                    key.path()));
  }

  @Override
  public SeekableByteChannel open(SegmentKey key) throws FootageException {
    throw new FootageException("nothing to read", false, null);
  }

  @Override
  public long delete(SegmentKey key) throws FootageException {
    if (stuck.contains(key) || open.contains(key)) {
      throw new FootageException("stuck", true, null);
    }
    long bytes = segments.remove(key);
    free(free.isPresent() ? free.getAsLong() + bytes : -1);
    return bytes;
  }

  @Override
  public long usedBytes(String camera) throws FootageException {
    if (counting) {
      throw new FootageException("still counting", true, null);
    }
    return segments.entrySet().stream()
        .filter(entry -> camera.isEmpty() || entry.getKey().camera().equals(camera))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
