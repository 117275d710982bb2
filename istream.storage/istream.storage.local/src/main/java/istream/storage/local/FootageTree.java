// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.configuration.Identifier;
import istream.api.footage.Gap;
import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The directories of footage, {@code <camera>/<yyyy-MM-dd>/<HH>/<file>} (UTC). What does not look
 * like that belongs to somebody else and is not seen. Any thread; directories are made and removed
 * under one lock, so that none goes while a file is put there.
 */
final class FootageTree {
  static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final String LEDGER = "gaps.jsonl";
  private static final DateTimeFormatter DAY_NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final Instant END_OF_NAMES = Instant.parse("9999-12-31T00:00:00Z");
  private static final Pattern HOUR = Pattern.compile("\\d\\d");

  private final Path root;

  FootageTree(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path file(SegmentKey key) {
    return root.resolve(key.path());
  }

  private Path day(String camera, String day) {
    return root.resolve(camera).resolve(day);
  }

  /** The day that an instant belongs to; the first or the last there is for one beyond. */
  static String dayOf(Instant instant) {
    if (instant.isBefore(Instant.EPOCH)) {
      return "0000-00-00";
    }
    return instant.isBefore(END_OF_NAMES) ? DAY_NAME.format(instant) : "9999-99-99";
  }

  /** The hour that a segment lies in, with its day: {@code <yyyy-MM-dd>/<HH>}. */
  static String hourOf(SegmentKey key) {
    String path = key.path();
    return path.substring(key.camera().length() + 1, path.lastIndexOf('/'));
  }

  /** The gaps that began on a camera's day. */
  GapFile gaps(String camera, String day) {
    return new GapFile(camera, day(camera, day).resolve(LEDGER));
  }

  /** Cameras with footage or gaps, by name. */
  List<String> cameras() throws IOException {
    return names(root, Identifier::isValid);
  }

  /** Days of a camera, oldest first. */
  List<String> days(String camera) throws IOException {
    return names(root.resolve(camera), DAY.asMatchPredicate());
  }

  /** Hours of a camera's day, oldest first. */
  List<String> hours(String camera, String day) throws IOException {
    return names(day(camera, day), HOUR.asMatchPredicate());
  }

  /** Segments of a camera's hour, oldest first. */
  List<SegmentKey> segments(String camera, String day, String hour) throws IOException {
    String directory = camera + "/" + day + "/" + hour + "/";
    List<SegmentKey> keys = new ArrayList<>();
    for (String name : names(root.resolve(directory), name -> true)) {
      SegmentKey.parse(name)
          .filter(key -> key.path().equals(directory + name))
          .ifPresent(keys::add);
    }
    return keys;
  }

  /** The newest segment of a camera that starts at {@code limit} or before. */
  Optional<SegmentKey> floor(String camera, Instant limit) throws IOException {
    List<String> days = days(camera);
    for (int d = days.size() - 1; d >= 0; d--) {
      List<String> hours = hours(camera, days.get(d));
      for (int h = hours.size() - 1; h >= 0; h--) {
        List<SegmentKey> keys = segments(camera, days.get(d), hours.get(h));
        for (int k = keys.size() - 1; k >= 0; k--) {
          if (!keys.get(k).start().isAfter(limit)) {
            return Optional.of(keys.get(k));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Makes the directory of a new file; returns the directories to sync once it is written. */
  private List<Path> prepare(Path file) throws IOException {
    List<Path> unsynced = new ArrayList<>();
    Path directory = file.getParent();
    unsynced.add(directory);
    for (Path level = directory; !level.equals(root); level = level.getParent()) {
      if (!Files.isDirectory(level)) {
        unsynced.add(level.getParent());
      }
    }
    // the root itself is made by the volume alone: a missing one means a missing mount
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString());
    }
    Files.createDirectories(directory);
    return unsynced;
  }

  /** Makes a new file for writing, with the directories above it. */
  synchronized FileChannel create(SegmentKey key, List<Path> unsynced) throws IOException {
    Path file = file(key);
    unsynced.addAll(prepare(file));
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Writes a gap down; it is durable when this returns. */
  synchronized void record(Gap gap) throws IOException {
    GapFile file = gaps(gap.camera(), dayOf(gap.from()));
    List<Path> unsynced = prepare(file.path());
    file.append(gap);
    for (Path directory : unsynced) {
      sync(directory);
    }
  }

  /**
   * Removes what a deletion left behind: the hour, its day, then the camera's oldest days up to the
   * first with footage, then the camera. A day's gaps go once they are outdated; files of others
   * stay.
   */
  synchronized void prune(SegmentKey key, Instant now) throws IOException {
    Path hour = file(key).getParent();
    String camera = key.camera();
    if (!holdsFootage(camera, dayOf(key.start()), hour.getFileName().toString())) {
      pruneDay(camera, dayOf(key.start()), now);
      for (String day : days(camera)) {
        if (!pruneDay(camera, day, now)) {
          break;
        }
      }
      removeIfEmpty(root.resolve(camera));
    }
    Path remaining = hour;
    while (!Files.isDirectory(remaining) && !remaining.equals(root)) {
      remaining = remaining.getParent();
    }
    sync(remaining);
  }

  /** Removes a day without footage, as far as it may go; returns whether it is one. */
  private boolean pruneDay(String camera, String day, Instant now) throws IOException {
    for (String hour : hours(camera, day)) {
      if (holdsFootage(camera, day, hour)) {
        return false;
      }
    }
    GapFile gaps = gaps(camera, day);
    if (day.compareTo(dayOf(now.minus(GapFile.KEPT))) < 0 && gaps.isOutdated(now)) {
      Files.deleteIfExists(gaps.path());
    }
    removeIfEmpty(day(camera, day));
    return true;
  }

  /** Whether there are segments in an hour; removes one that is empty. */
  private boolean holdsFootage(String camera, String day, String hour) throws IOException {
    return !removeIfEmpty(day(camera, day).resolve(hour)) && !segments(camera, day, hour).isEmpty();
  }

  private static boolean removeIfEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      // a file or a link of somebody else may have such a name
      return !Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
    }
    try {
      Files.delete(directory);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  /** Makes the names in a directory survive a power cut. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<String> names(Path directory, Predicate<String> wanted) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (wanted.test(name)) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException | NotDirectoryException e) {
      // gone since its parent was read, or a file of somebody else
      return List.of();
    }
    return List.copyOf(names);
  }
}
