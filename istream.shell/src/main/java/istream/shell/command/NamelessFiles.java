// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.configuration.Identifier;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of cameras, storages and policies without an id in their name: the framework skips them.
 */
final class NamelessFiles {
  private static final Pattern NAMELESS =
      Pattern.compile("(istream\\.(?:camera|retention|storage\\.[a-z]+))-?\\.cfg");

  private NamelessFiles() {}

  /** Those in the configuration directory. */
  static List<FileProblem> in(Path directory) {
    List<FileProblem> problems = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "istream.*.cfg")) {
      for (Path file : files) {
        Matcher name = NAMELESS.matcher(file.getFileName().toString());
        if (name.matches()) {
          problems.add(new FileProblem(name.group(), message(name.group(1))));
        }
      }
    } catch (IOException e) {
      String message = "cannot be read (" + e + "); see its permissions";
      problems.add(new FileProblem(directory.toString(), message));
    }
    return problems;
  }

  private static String message(String kind) {
    return "is misconfigured and not used, for its name holds no id; call it "
        + kind
        + "-ID.cfg, where ID is made of "
        + Identifier.ALLOWED;
  }
}
