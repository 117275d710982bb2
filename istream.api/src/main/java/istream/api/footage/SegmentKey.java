// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import istream.api.configuration.Identifier;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * Names a segment on every storage. Sorted by time, then by camera.
 *
 * @param camera the camera's id
 * @param start the instant of the first frame, in whole milliseconds
 */
public record SegmentKey(String camera, Instant start) implements Comparable<SegmentKey> {
  /** Ending of a file of footage. */
  public static final String SUFFIX = ".mp4";

  private static final DateTimeFormatter DIRECTORIES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd/HH/").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Comparator<SegmentKey> ORDER =
      Comparator.comparing(SegmentKey::start).thenComparing(SegmentKey::camera);

  /** Refuses a bad id; cuts the start to milliseconds. */
  public SegmentKey {
    Identifier.require(camera);
    start = start.truncatedTo(ChronoUnit.MILLIS);
  }

  /** {@code <camera>/<yyyy-MM-dd>/<HH>/<file name>}, UTC, with {@code /} on every system. */
  public String path() {
    return camera + "/" + DIRECTORIES.format(start) + fileName();
  }

  /** {@code <camera>_<yyyyMMdd>T<HHmmss>.<SSS>Z.mp4}, UTC. */
  public String fileName() {
    return camera + "_" + STAMP.format(start) + SUFFIX;
  }

  /** The key that a file name stands for; empty if it is not the name of a segment. */
  public static Optional<SegmentKey> parse(String fileName) {
    int split = fileName.lastIndexOf('_');
    if (split < 1 || !fileName.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      String stamp = fileName.substring(split + 1, fileName.length() - SUFFIX.length());
      Instant start = STAMP.parse(stamp, Instant::from);
      return Optional.of(new SegmentKey(fileName.substring(0, split), start));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(SegmentKey other) {
    return ORDER.compare(this, other);
  }
}
