// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.configuration.Identifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.osgi.framework.BundleContext;

/** The camera files in the configuration directory. Any thread may call. */
final class CameraFiles {
  private static final String PREFIX = "istream.camera-";
  private static final String SUFFIX = ".cfg";
  private static final int ATTEMPTS = 5;

  private final Path directory;

  CameraFiles(Path directory) {
    this.directory = directory;
  }

  /** Those of this instance: in the directory that the framework names {@code karaf.etc}. */
  static CameraFiles of(BundleContext context) {
    return new CameraFiles(Path.of(context.getProperty("karaf.etc")));
  }

  /**
   * Ids of all cameras that have a file, also of one that cannot be used.
   *
   * @throws CommandFailure if the directory cannot be read
   */
  SortedSet<String> ids() throws CommandFailure {
    SortedSet<String> ids = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        ids.add(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "the configuration directory cannot be read (" + e + "); see its permissions", e);
    }
    return ids;
  }

  /**
   * Refuses ids without a file.
   *
   * @throws CommandFailure naming the unknown and the known ones
   */
  void requireKnown(List<String> wanted) throws CommandFailure {
    SortedSet<String> known = ids();
    List<String> unknown = wanted.stream().filter(id -> !known.contains(id)).toList();
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          "no camera file for "
              + Figures.plain(String.join(", ", unknown))
              + " in "
              + directory
              + "; known: "
              + (known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }

  /**
   * Writes {@code enabled} into a camera's file, atomically.
   *
   * @return whether the file had to be changed
   * @throws CommandFailure if the file cannot be read or replaced
   */
  boolean enable(String id, boolean enabled) throws CommandFailure {
    if (!Identifier.isValid(id)) {
      throw new CommandFailure("id \"" + Figures.plain(id) + "\" is not " + Identifier.ALLOWED);
    }
    Path file = directory.resolve(PREFIX + id + SUFFIX);
    try {
      // through a link to the file itself, so that the link stays
      Replacement replacement = new Replacement(file.toRealPath());
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        byte[] before = Files.readAllBytes(file);
        // Latin-1 maps every byte to one character and back, whatever the file's encoding is
        String text = new String(before, StandardCharsets.ISO_8859_1);
        byte[] after = EnabledLine.set(text, enabled).getBytes(StandardCharsets.ISO_8859_1);
        if (Arrays.equals(before, after)) {
          return attempt > 0;
        }
        if (replacement.replace(before, after)) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(
          file + " cannot be changed (" + e + "); set enabled = " + enabled + " in it by hand", e);
    }
    throw new CommandFailure(file + " is being changed by somebody else; try again");
  }
}
