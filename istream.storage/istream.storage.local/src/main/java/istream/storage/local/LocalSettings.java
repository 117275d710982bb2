// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.configuration.ConfigProblem;
import istream.api.configuration.ConfigReader;
import istream.api.configuration.Identifier;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the owner's file says.
 *
 * @param id of the storage; what its file is called if that names none
 * @param path absolute directory of the footage
 * @param memory absolute file that remembers which volume the storage lies on
 * @param sync at most this much is lost in a power cut; zero leaves it to the kernel
 * @param floorBytes that stay free
 * @param problems values that cannot be used; empty if all is well
 */
record LocalSettings(
    String id,
    Path path,
    Path memory,
    Duration sync,
    long floorBytes,
    List<ConfigProblem> problems) {
  /** Megabytes are those of disk makers everywhere in istream. */
  static final long MEGABYTE = 1_000_000;

  private static final long MOST_SYNC_SECONDS = 60;
  private static final long MOST_FLOOR = 100_000_000;

  LocalSettings {
    problems = List.copyOf(problems);
  }

  /**
   * Reads a file's properties.
   *
   * @param data the data directory, which relative paths start from
   */
  static LocalSettings of(Map<String, ?> properties, Path data) {
    ConfigReader reader = new ConfigReader(LocalStorageComponent.Config.class, properties);
    String id = reader.requiredId();
    Path base = data.toAbsolutePath().normalize();
    Path path = base;
    try {
      path = base.resolve(reader.text("path")).normalize();
    } catch (InvalidPathException e) {
      reader.refuse("path", "a directory: " + e.getReason());
    }
    long sync = reader.number("sync.seconds", 0, MOST_SYNC_SECONDS);
    long floor = reader.number("min.free.megabytes", 0, MOST_FLOOR) * MEGABYTE;
    Path memory = base.resolve("volumes").resolve(Identifier.isValid(id) ? id : "-");
    return new LocalSettings(id, path, memory, Duration.ofSeconds(sync), floor, reader.problems());
  }

  /** All problems in one line; empty if there is none. */
  String problem() {
    return problems.stream().map(ConfigProblem::message).collect(Collectors.joining("; "));
  }
}
