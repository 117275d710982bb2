// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Fragment;
import istream.api.footage.Gap;
import istream.api.footage.GapLedger;
import istream.api.footage.OpenSegment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import istream.api.footage.Unit;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An archive, ledger and store in memory that can be made to fail. */
final class MemoryArchive implements FootageArchive, GapLedger, FootageStore {
  final Map<SegmentKey, List<Unit>> segments = new LinkedHashMap<>();
  final Map<SegmentKey, ByteArrayOutputStream> files = new LinkedHashMap<>();
  final List<Segment> before = new ArrayList<>();
  final Map<Instant, Gap> ledger = new LinkedHashMap<>();
  final Set<SegmentKey> cuts = new HashSet<>();
  Runnable whenRefused = () -> {};
  volatile String failure = "";
  String ledgerFailure = "";
  int ledgerLines;
  volatile Runnable beforeCreate = () -> {};

  /** Another instance over the same footage, as after an update of the bundle. */
  MemoryArchive updated() {
    MemoryArchive next = new MemoryArchive();
    next.segments.putAll(segments);
    next.files.putAll(files);
    next.ledger.putAll(ledger);
    return next;
  }

  /** Footage of another process, in seconds since noon. */
  void stored(String camera, double from, double to) {
    Instant start = Footage.at(from);
    Duration duration = Duration.between(start, Footage.at(to));
    SegmentKey key = new SegmentKey(camera, start);
    before.add(new Segment(key, id(), duration, 1, false, key.path()));
  }

  /** The segments of this process, in the order of their making. */
  List<SegmentKey> keys() {
    return List.copyOf(segments.keySet());
  }

  /** When they start. */
  List<Instant> starts() {
    return segments.keySet().stream().map(SegmentKey::start).toList();
  }

  private void check() throws FootageException {
    if (!failure.isEmpty()) {
      whenRefused.run();
      throw new FootageException(failure, true, null);
    }
  }

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public OpenSegment create(SegmentKey key, Unit init) throws FootageException {
    check();
    beforeCreate.run();
    if (segments.containsKey(key)) {
      throw new FootageException("there is a segment " + key, false, null);
    }
    segments.put(key, new ArrayList<>(List.of(init)));
    files.put(key, new ByteArrayOutputStream());
    write(key, init);
    return new Open(key);
  }

  /** The recorder takes the memory of a unit back. */
  private void write(SegmentKey key, Unit unit) {
    for (ByteBuffer buffer : unit.bytes()) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      files.get(key).writeBytes(bytes);
    }
  }

  @Override
  public OpenSegment reopen(SegmentKey key, long length) throws FootageException {
    check();
    if (!segments.containsKey(key) || new Open(key).length() != length) {
      throw new FootageException("no such segment", false, null);
    }
    return new Open(key);
  }

  @Override
  public Optional<Instant> recordedUntil(String camera) {
    Stream<Instant> ends =
        segments.entrySet().stream()
            .filter(segment -> segment.getKey().camera().equals(camera))
            .flatMap(segment -> segment.getValue().stream())
            .filter(unit -> unit.kind() == Unit.Kind.FRAGMENT)
            .map(unit -> asRead(unit.start()).plus(unit.duration()));
    Stream<Instant> earlier =
        before.stream().filter(segment -> segment.key().camera().equals(camera)).map(Segment::end);
    return Stream.concat(earlier, ends).max(Comparator.naturalOrder());
  }

  /** By way of the prft in the file: a fraction of 32 bits, read to the microsecond. */
  private static Instant asRead(Instant start) {
    long ntp = ((long) start.getNano() << 32) / 1_000_000_000L;
    long micros = (ntp * 1_000_000 + (1L << 31)) >>> 32;
    return Instant.ofEpochSecond(start.getEpochSecond(), micros * 1000);
  }

  @Override
  public void record(Gap gap) throws FootageException {
    check();
    if (!ledgerFailure.isEmpty()) {
      throw new FootageException(ledgerFailure, true, null);
    }
    ledgerLines++;
    ledger.put(gap.from(), gap);
  }

  @Override
  public List<Gap> gaps(SegmentQuery query) throws FootageException {
    if (!ledgerFailure.isEmpty()) {
      throw new FootageException(ledgerFailure, true, null);
    }
    return ledger.values().stream()
        .filter(gap -> gap.from().isBefore(query.to()))
        .filter(gap -> gap.to().map(to -> to.isAfter(query.from())).orElse(true))
        .sorted(Comparator.comparing(Gap::from))
        .toList();
  }

  @Override
  public Stream<Segment> list(SegmentQuery query) {
    return before.stream()
        .filter(segment -> segment.end().isAfter(query.from()))
        .filter(segment -> segment.key().start().isBefore(query.to()));
  }

  @Override
  public StoreStatus status() {
    throw new UnsupportedOperationException("recorders do not ask that");
  }

  @Override
  public SeekableByteChannel open(SegmentKey key) {
    throw new UnsupportedOperationException("recorders do not ask that");
  }

  @Override
  public long delete(SegmentKey key) {
    throw new UnsupportedOperationException("recorders do not ask that");
  }

  @Override
  public long usedBytes(String camera) {
    throw new UnsupportedOperationException("recorders do not ask that");
  }

  @Override
  public boolean cutAsked(SegmentKey key) {
    return cuts.contains(key);
  }

  private final class Open implements OpenSegment {
    private final SegmentKey key;

    Open(SegmentKey key) {
      this.key = key;
    }

    @Override
    public SegmentKey key() {
      return key;
    }

    @Override
    public long length() {
      return segments.get(key).stream().mapToLong(Unit::remaining).sum();
    }

    @Override
    public Fragment append(Unit unit) throws FootageException {
      if (!failure.isEmpty()) {
        unit.bytes().forEach(bytes -> bytes.position(bytes.limit())); // half read, then refused
      }
      check();
      segments.get(key).add(unit);
      write(key, unit);
      return entry(unit, length() - unit.remaining());
    }

    private Fragment entry(Unit unit, long offset) {
      return new Fragment(
          unit.kind(),
          offset,
          (int) unit.remaining(),
          unit.start(),
          unit.duration(),
          unit.decodeTime(),
          unit.key());
    }

    @Override
    public Optional<Instant> durableUntil() {
      List<Unit> units = segments.get(key);
      return Optional.of(units.get(units.size() - 1).end());
    }

    @Override
    public List<Fragment> fragments() {
      List<Fragment> entries = new ArrayList<>();
      long offset = 0;
      for (Unit unit : segments.get(key)) {
        entries.add(entry(unit, offset));
        offset += unit.remaining();
      }
      return entries;
    }

    @Override
    public void close() throws FootageException {
      check();
    }
  }
}
