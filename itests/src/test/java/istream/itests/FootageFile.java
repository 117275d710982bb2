// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import istream.simulator.FrameCounterReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file of footage as docs/design/footage-file.md describes it, read without the product's code.
 *
 * @param path where it lies
 * @param run the recording that it is part of
 * @param number its place in the run, from 0
 * @param start of the first video frame, by the wall clock
 * @param end of the last video frame, by the wall clock
 * @param numbers the numbers of the video frames, in the order of the file
 * @param closed whether it has its tail
 */
public record FootageFile(
    Path path,
    UUID run,
    int number,
    Instant start,
    Instant end,
    List<Long> numbers,
    boolean closed) {
  private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;
  private static final long VIDEO_RATE = 90_000;
  private static final int BOX = 8;
  private static final UUID IDENTITY = UUID.fromString("69737472-6561-6d00-a3f7-c1d25b0e4c8e");

  /** Keeps a copy of the numbers. */
  public FootageFile {
    numbers = List.copyOf(numbers);
  }

  /** A camera's files that have at least one fragment, in the order of time. */
  public static List<FootageFile> of(Path storage, String camera) throws IOException {
    List<FootageFile> files = new ArrayList<>();
    for (Path path : paths(storage, camera)) {
      read(path).ifPresent(files::add);
    }
    return files;
  }

  /** The last of a camera's files that has at least one fragment. */
  public static Optional<FootageFile> last(Path storage, String camera) throws IOException {
    List<Path> paths = paths(storage, camera);
    for (int i = paths.size() - 1; i >= 0; i--) {
      Optional<FootageFile> file = read(paths.get(i));
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  private static List<Path> paths(Path storage, String camera) throws IOException {
    Path directory = storage.resolve(camera);
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(path -> path.toString().endsWith(".mp4")).sorted().toList();
    }
  }

  private static Optional<FootageFile> read(Path path) throws IOException {
    Reading reading = new Reading(ByteBuffer.wrap(Files.readAllBytes(path)));
    return reading.start == null ? Optional.empty() : Optional.of(reading.file(path));
  }

  /** All numbers of those files, in their order. */
  public static List<Long> numbers(List<FootageFile> files) {
    return files.stream().flatMap(file -> file.numbers().stream()).toList();
  }

  /** The number of its first frame. */
  public long first() {
    return numbers.get(0);
  }

  /** The number of its last frame. */
  public long last() {
    return numbers.get(numbers.size() - 1);
  }

  /** How long it lasts. */
  public Duration length() {
    return Duration.between(start, end);
  }

  /** Whether this is the next file of the same run. */
  public boolean follows(FootageFile before) {
    return run.equals(before.run) && number == before.number + 1;
  }

  /** One pass over the boxes. */
  private static final class Reading {
    private UUID run;
    private int number;
    private Instant start;
    private Instant end;
    private boolean closed;
    private Instant fragment;

    Reading(ByteBuffer file) {
      boxes(file, 0, file.limit());
    }

    FootageFile file(Path path) throws IOException {
      if (run == null) {
        throw new IOException(path + " does not say which run it belongs to");
      }
      return new FootageFile(path, run, number, start, end, FrameCounterReader.read(path), closed);
    }

    private void boxes(ByteBuffer file, int from, int to) {
      int at = from;
      while (at + BOX <= to) {
        int size = file.getInt(at);
        if (size < BOX || at + size > to) {
          return;
        }
        byte[] type = new byte[4];
        file.get(at + 4, type);
        box(file, new String(type, StandardCharsets.US_ASCII), at + BOX, at + size);
        at += size;
      }
    }

    private void box(ByteBuffer file, String type, int from, int to) {
      switch (type) {
        case "moov", "moof" -> boxes(file, from, to);
        case "uuid" -> identity(file, from);
        case "prft" -> fragment = ntp(file.getLong(from + 8));
        case "traf" -> track(file, from, to);
        case "mfra" -> closed = true;
        default -> {}
      }
    }

    private void identity(ByteBuffer file, int at) {
      if (new UUID(file.getLong(at), file.getLong(at + 8)).equals(IDENTITY)) {
        run = new UUID(file.getLong(at + 20), file.getLong(at + 28));
        number = file.getInt(at + 36);
      }
    }

    private void track(ByteBuffer file, int from, int to) {
      int tfhd = from;
      if (file.getInt(tfhd + BOX + 4) != 1) {
        return;
      }
      start = start == null ? fragment : start;
      int at = from;
      while (at < to) {
        if (file.getInt(at + 4) == 0x7472756e) {
          end = fragment.plusNanos(ticks(file, at + BOX) * 1_000_000_000L / VIDEO_RATE);
        }
        at += file.getInt(at);
      }
    }

    /** The sum of the durations of a trun. */
    private static long ticks(ByteBuffer file, int trun) {
      int flags = file.getInt(trun) & 0xffffff;
      int stride = 4 * Integer.bitCount(flags & 0xf00);
      int at = trun + 8 + 4 * Integer.bitCount(flags & 5);
      long sum = 0;
      for (int i = 0; i < file.getInt(trun + 4); i++) {
        sum += file.getInt(at + i * stride);
      }
      return sum;
    }

    private static Instant ntp(long time) {
      long seconds = (time >>> 32) - NTP_TO_UNIX_SECONDS;
      long fraction = time & 0xffff_ffffL;
      return Instant.ofEpochSecond(seconds, (fraction * 1_000_000_000L) >>> 32);
    }
  }
}
