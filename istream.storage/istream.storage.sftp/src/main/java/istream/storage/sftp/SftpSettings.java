// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.configuration.ConfigProblem;
import istream.api.configuration.ConfigReader;
import istream.api.replication.ReplicaTerms;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the owner's file says.
 *
 * @param id of the storage; what its file is called if that names none
 * @param path of the footage on the server: absolute, or relative to where the login begins
 * @param keyFile absolute file of our key
 * @param knownHosts absolute file of the servers' keys
 * @param problems values that cannot be used; empty if all is well
 */
record SftpSettings(
    String id,
    Server server,
    String path,
    Path keyFile,
    Path knownHosts,
    ReplicaTerms terms,
    List<ConfigProblem> problems) {
  private static final int MOST_PORT = 65_535;
  private static final int MOST_CONNECTIONS = 8;
  private static final long MOST_KILOBITS = 100_000_000;
  private static final long KILOBIT = 1_000;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|[0-9A-Fa-f:.%]+");
  private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]+");

  SftpSettings {
    problems = List.copyOf(problems);
  }

  /**
   * Reads a file's properties.
   *
   * @param etc the configuration directory, which relative files start from
   */
  static SftpSettings of(Map<String, ?> properties, Path etc) {
    ConfigReader reader = new ConfigReader(SftpStorageComponent.Config.class, properties);
    String id = reader.requiredId();
    Server server =
        new Server(
            matching(reader, "host", HOST, "a name or an address"),
            (int) reader.number("port", 1, MOST_PORT),
            matching(reader, "user", PRINTABLE, "the name of the account on the server"),
            reader.text(".password"));
    return new SftpSettings(
        id,
        server,
        path(reader),
        file(reader, "key.file", etc),
        file(reader, "known.hosts", etc),
        terms(reader),
        reader.problems());
  }

  private static String matching(ConfigReader reader, String key, Pattern pattern, String allowed) {
    String value = reader.required(key, allowed);
    if (!pattern.matcher(value).matches()) {
      reader.refuse(key, allowed);
    }
    return value;
  }

  private static String path(ConfigReader reader) {
    String allowed = "a directory on the server, without ..";
    String path = matching(reader, "path", PRINTABLE, allowed);
    if (Arrays.asList(path.split("/")).contains("..")) {
      reader.refuse("path", allowed);
    }
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Path file(ConfigReader reader, String key, Path etc) {
    Path base = etc.toAbsolutePath().normalize();
    try {
      return base.resolve(reader.text(key)).normalize();
    } catch (InvalidPathException e) {
      reader.refuse(key, "a file: " + e.getReason());
      return base;
    }
  }

  private static ReplicaTerms terms(ConfigReader reader) {
    long kilobits = reader.number("max.kilobits", 0, MOST_KILOBITS);
    return new ReplicaTerms(
        reader.text("source"),
        reader.choice("backlog", List.of("newest", "oldest")).equals("newest"),
        kilobits == 0 ? OptionalLong.empty() : OptionalLong.of(kilobits * KILOBIT),
        (int) reader.number("connections", 1, MOST_CONNECTIONS));
  }

  /** All problems in one line; empty if there is none. */
  String problem() {
    return problems.stream().map(ConfigProblem::message).collect(Collectors.joining("; "));
  }
}
