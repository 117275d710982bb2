// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file of footage, as docs/design/footage-file.md lays it out, without its frames. Confined
 * to one thread; to be closed.
 */
final class FootageFile implements AutoCloseable {
  private static final long NTP_TO_UNIX = 2_208_988_800L;
  private static final int PRFT_BYTES = 32;
  private static final int MFRO_BYTES = 16;
  private static final long TICKS = 90_000;

  private final SegmentKey key;
  private final FileChannel file;

  FootageFile(SegmentKey key, Path path) throws IOException {
    this.key = key;
    file = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A whole unit; {@code moof} is the offset of that box, or of the only one. */
  private record Span(Unit.Kind kind, long start, long moof, long end) {}

  /** Whether the file was closed in order: its last unit is a whole tail. */
  boolean hasTail() throws IOException {
    if (tail().isPresent()) {
      return true;
    }
    // behind the tail a later version may have put what this one does not know
    List<Span> spans = spans(0);
    return !spans.isEmpty() && spans.get(spans.size() - 1).kind == Unit.Kind.TAIL;
  }

  private Optional<Box> tail() throws IOException {
    long size = file.size();
    Optional<Box> mfro =
        Box.at(file, size - MFRO_BYTES, size).filter(box -> box.type().equals("mfro"));
    if (mfro.isEmpty() || mfro.get().size() != MFRO_BYTES) {
      return Optional.empty();
    }
    long length = Integer.toUnsignedLong(mfro.get().contents(file).getInt(4));
    return Box.at(file, size - length, size)
        .filter(box -> box.type().equals("mfra") && box.end() == size);
  }

  /** Where the last whole unit ends; 0 if there is no whole init. */
  long wholeEnd() throws IOException {
    List<Span> spans = spans(0);
    return spans.isEmpty() ? 0 : spans.get(spans.size() - 1).end;
  }

  /** Whether there is a whole init and a whole fragment after it. */
  boolean isPlayable() throws IOException {
    return spans(0).stream().anyMatch(span -> span.kind == Unit.Kind.FRAGMENT);
  }

  /** The index of its units, the init first. */
  List<Fragment> units() throws IOException {
    List<Fragment> units = new ArrayList<>();
    MovieHeader movie = movie();
    List<Span> spans = spans(0);
    Instant end = key.start();
    for (Span span : spans) {
      Fragment unit = unit(span, movie, end);
      end = unit.end();
      units.add(unit);
    }
    return units;
  }

  /** The instant after the last frame; empty if there is no whole fragment. */
  Optional<Instant> end() throws IOException {
    Optional<Span> last = lastFragment(spans(lastIndexed()));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    MovieHeader movie = movie();
    Optional<Instant> start = wallClock(last.get());
    FragmentHeader header = header(last.get(), movie);
    if (start.isPresent()) {
      return Optional.of(start.get().plus(time(header.duration(), movie)));
    }
    // without a wall clock the decode times tell, counted from the file's first frame
    Optional<Span> first = spans(0).stream().filter(s -> s.kind == Unit.Kind.FRAGMENT).findFirst();
    long begin = first.isPresent() ? header(first.get(), movie).decodeTime() : 0;
    long ticks = header.decodeTime() + header.duration() - begin;
    return Optional.of(key.start().plus(time(ticks, movie)));
  }

  private static Optional<Span> lastFragment(List<Span> spans) {
    return spans.stream().filter(s -> s.kind == Unit.Kind.FRAGMENT).reduce((a, b) -> b);
  }

  /** Offset of the last fragment that the tail knows; 0 if there is no tail. */
  private long lastIndexed() throws IOException {
    Optional<Box> tail = tail();
    long last = 0;
    if (tail.isPresent()) {
      for (Box.Content box : Box.in(tail.get().contents(file))) {
        last = Math.max(last, box.type().equals("tfra") ? lastEntry(box.bytes()) : 0);
      }
    }
    boolean announced =
        Box.at(file, last - PRFT_BYTES, file.size())
            .filter(box -> box.type().equals("prft") && box.size() == PRFT_BYTES)
            .isPresent();
    return announced ? last - PRFT_BYTES : last;
  }

  /** The moof offset of the last entry of a {@code tfra} (ISO/IEC 14496-12, 8.8.10). */
  private static long lastEntry(ByteBuffer tfra) {
    if (tfra.limit() < 16) {
      return 0;
    }
    boolean wide = tfra.get(0) == 1;
    int lengths = tfra.getInt(8);
    int entry = (wide ? 16 : 8) + (lengths >> 4 & 3) + (lengths >> 2 & 3) + (lengths & 3) + 3;
    long offset = 16 + (Integer.toUnsignedLong(tfra.getInt(12)) - 1) * entry;
    if (offset < 16 || offset + entry > tfra.limit()) {
      return 0;
    }
    int at = (int) offset + (wide ? 8 : 4);
    return wide ? tfra.getLong(at) : Integer.toUnsignedLong(tfra.getInt(at));
  }

  /** The whole units from {@code offset} on; a unit without an init before it does not count. */
  private List<Span> spans(long offset) throws IOException {
    List<Span> spans = new ArrayList<>();
    long size = file.size();
    boolean typed = false;
    boolean ready = offset > 0;
    long start = -1;
    long moof = -1;
    Optional<Box> next = Box.at(file, offset, size);
    for (; next.isPresent(); next = Box.at(file, next.get().end(), size)) {
      Box box = next.get();
      switch (box.type()) {
        case "ftyp" -> typed = true;
        case "moov" -> {
          if (typed) {
            spans.add(new Span(Unit.Kind.INIT, 0, box.offset(), box.end()));
            ready = true;
          }
        }
        case "prft" -> {
          start = box.offset();
          moof = -1;
        }
        case "moof" -> {
          start = start < 0 || moof >= 0 ? box.offset() : start;
          moof = box.offset();
        }
        case "mdat" -> {
          if (ready && moof >= 0) {
            spans.add(new Span(Unit.Kind.FRAGMENT, start, moof, box.end()));
          }
          start = -1;
          moof = -1;
        }
        case "mfra" -> {
          if (ready) {
            spans.add(new Span(Unit.Kind.TAIL, box.offset(), box.offset(), box.end()));
          }
        }
        default -> {
          // readers skip what they do not know
        }
      }
    }
    return spans;
  }

  private MovieHeader movie() throws IOException {
    long size = file.size();
    Optional<Box> box = Box.at(file, 0, size);
    while (box.isPresent() && !box.get().type().equals("moov")) {
      box = Box.at(file, box.get().end(), size);
    }
    ByteBuffer moov = box.isPresent() ? box.get().contents(file) : ByteBuffer.allocate(0);
    try {
      return MovieHeader.parse(moov);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("its moov box is not one of ours", e);
    }
  }

  private Fragment unit(Span span, MovieHeader movie, Instant previousEnd) throws IOException {
    if (span.end - span.start > Integer.MAX_VALUE) {
      throw new IOException("a unit of " + (span.end - span.start) + " bytes is not one of ours");
    }
    int length = (int) (span.end - span.start);
    if (span.kind != Unit.Kind.FRAGMENT) {
      return new Fragment(span.kind, span.start, length, previousEnd, Duration.ZERO, 0, false);
    }
    FragmentHeader header = header(span, movie);
    return new Fragment(
        span.kind,
        span.start,
        length,
        wallClock(span).orElse(previousEnd),
        time(header.duration(), movie),
        ticks(header.decodeTime(), movie),
        header.key());
  }

  private FragmentHeader header(Span span, MovieHeader movie) throws IOException {
    Box moof = Box.at(file, span.moof, span.end).orElseThrow(() -> new IOException("cut"));
    return FragmentHeader.parse(moof.contents(file), movie);
  }

  /** The wall clock of a fragment's first frame, by its prft (8.16.5), to the microsecond. */
  private Optional<Instant> wallClock(Span span) throws IOException {
    if (span.start == span.moof) {
      return Optional.empty();
    }
    Optional<Box> prft = Box.at(file, span.start, span.end);
    if (prft.isEmpty() || prft.get().size() - prft.get().header() < 16) {
      return Optional.empty();
    }
    long ntp = prft.get().contents(file).getLong(8);
    long seconds = ntp >>> 32;
    // NTP counts 32 bits of seconds: small ones lie after its turn in 2036
    long era = seconds < NTP_TO_UNIX ? 1L << 32 : 0;
    long micros = ((ntp & 0xffffffffL) * 1_000_000 + (1L << 31)) >>> 32;
    return Optional.of(Instant.ofEpochSecond(seconds + era - NTP_TO_UNIX, micros * 1_000));
  }

  /** In 1/90000 s, whatever the track counts in. */
  private static long ticks(long decodeTime, MovieHeader movie) {
    return BigInteger.valueOf(decodeTime)
        .multiply(BigInteger.valueOf(TICKS))
        .divide(BigInteger.valueOf(movie.timescale()))
        .longValue();
  }

  private static Duration time(long ticks, MovieHeader movie) {
    BigInteger nanos =
        BigInteger.valueOf(ticks)
            .multiply(BigInteger.valueOf(1_000_000_000))
            .divide(BigInteger.valueOf(movie.timescale()));
    return Duration.ofNanos(nanos.longValue());
  }
}
