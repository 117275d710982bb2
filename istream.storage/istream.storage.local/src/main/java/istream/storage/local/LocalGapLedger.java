// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapLedger;
import istream.api.footage.SegmentQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gaps as lines of JSON beside the footage: {@code <camera>/<yyyy-MM-dd>/gaps.jsonl}, in the day
 * that a gap begins. Lines are only appended; a later one with the same beginning replaces. Any
 * thread.
 */
final class LocalGapLedger implements GapLedger {
  private final Equipment equipment;
  private final Volume volume;

  LocalGapLedger(Equipment equipment, Volume volume) {
    this.equipment = equipment;
    this.volume = volume;
  }

  @Override
  public synchronized void record(Gap gap) throws FootageException {
    volume.require();
    Path file = equipment.tree().day(gap.camera(), dayOf(gap.from())).resolve(FootageTree.LEDGER);
    try {
      List<Path> unsynced = equipment.tree().prepare(file);
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        append(channel, GapLine.write(gap));
      }
      for (Path directory : unsynced) {
        FootageTree.sync(directory);
      }
    } catch (IOException e) {
      throw equipment
          .health()
          .retryable("writing a gap of " + gap.camera() + " down failed: " + e, e);
    }
  }

  /** A line torn by a power cut is ended first, so that it spoils no other. */
  private static void append(FileChannel channel, String line) throws IOException {
    long size = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    boolean torn = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
    ByteBuffer bytes =
        ByteBuffer.wrap(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
    channel.position(size);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  @Override
  public List<Gap> gaps(SegmentQuery query) throws FootageException {
    volume.require();
    try {
      List<String> cameras =
          query.camera().isEmpty() ? equipment.tree().cameras() : List.of(query.camera());
      List<Gap> found = new ArrayList<>();
      for (String camera : cameras) {
        collect(camera, query, found);
      }
      found.sort(Comparator.comparing(Gap::from).thenComparing(Gap::camera));
      return List.copyOf(found);
    } catch (IOException e) {
      throw equipment.health().retryable("reading the gaps failed: " + e + "; check the disk", e);
    }
  }

  /**
   * Newest day first; gaps of one camera do not overlap, so of those that begin before the day of
   * interest only the newest can reach into it.
   */
  private void collect(String camera, SegmentQuery query, List<Gap> found) throws IOException {
    List<String> days = equipment.tree().days(camera);
    for (int d = days.size() - 1; d >= 0; d--) {
      List<Gap> gaps = read(camera, days.get(d));
      gaps.stream().filter(gap -> overlaps(gap, query)).forEach(found::add);
      boolean before =
          !query.from().equals(Instant.MIN) && days.get(d).compareTo(dayOf(query.from())) < 0;
      if (before && !gaps.isEmpty()) {
        return;
      }
    }
  }

  private static boolean overlaps(Gap gap, SegmentQuery query) {
    return gap.from().isBefore(query.to())
        && gap.to().map(to -> to.isAfter(query.from())).orElse(true);
  }

  private List<Gap> read(String camera, String day) throws IOException {
    Map<Instant, Gap> gaps = new TreeMap<>();
    Path file = equipment.tree().day(camera, day).resolve(FootageTree.LEDGER);
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text =
            new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        GapLine.parse(camera, text).ifPresent(gap -> gaps.put(gap.from(), gap));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return List.copyOf(gaps.values());
  }

  private static String dayOf(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
