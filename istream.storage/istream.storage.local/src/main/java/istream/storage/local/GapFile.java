// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.Gap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The gaps of one camera that began on one day, as lines of JSON. Lines are only appended; a later
 * one with the same storage and beginning replaces. Any thread may read, one at a time may append.
 *
 * @param camera whose gaps
 * @param path of the file, which need not be there
 */
record GapFile(String camera, Path path) {
  /** As long as the status covers, even without footage beside them. */
  static final Duration KEPT = Duration.ofDays(1);

  /** Nothing else tells of what a replica lacks once its footage is gone here. */
  private static final Duration KEPT_LOSSES = Duration.ofDays(400);

  /** Appends a gap, and syncs it. A line torn by a power cut is ended first: it spoils no other. */
  void append(Gap gap) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      boolean torn = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
      String lines = (torn ? "\n" : "") + GapLine.write(gap) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      channel.position(size);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
  }

  /** The gaps in the order of their beginning; none if there is no file. */
  List<Gap> read() throws IOException {
    Comparator<Gap> order = Comparator.comparing(Gap::from).thenComparing(Gap::storage);
    Map<Gap, Gap> gaps = new TreeMap<>(order);
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text =
            new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        GapLine.parse(camera, text).ifPresent(gap -> gaps.put(gap, gap));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return List.copyOf(gaps.values());
  }

  /** Whether nobody will ask for these gaps any more, once the footage of their day is gone. */
  boolean isOutdated(Instant now) throws IOException {
    return read().stream().noneMatch(gap -> isKept(gap, now));
  }

  private static boolean isKept(Gap gap, Instant now) {
    Duration kept = gap.storage().isEmpty() ? KEPT : KEPT_LOSSES;
    return gap.to().orElse(Instant.MAX).isAfter(now.minus(kept));
  }

  /** The latest end of these gaps; never, while one of them lasts. */
  static Instant reach(List<Gap> gaps) {
    return gaps.stream()
        .map(gap -> gap.to().orElse(Instant.MAX))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }
}
