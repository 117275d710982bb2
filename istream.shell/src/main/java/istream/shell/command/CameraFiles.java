// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.Credentials;
import istream.api.configuration.Identifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
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

  /** The name of a camera's file, without directory. */
  static String name(String id) {
    return PREFIX + id + SUFFIX;
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
   * Where all cameras are that have a file.
   *
   * @throws CommandFailure if the directory or a file cannot be read
   */
  List<ConfiguredCamera> cameras() throws CommandFailure {
    List<ConfiguredCamera> cameras = new ArrayList<>();
    for (String id : ids()) {
      Path file = directory.resolve(name(id));
      try {
        cameras.add(ConfiguredCamera.of(id, Files.readString(file, StandardCharsets.ISO_8859_1)));
      } catch (IOException e) {
        throw new CommandFailure(file + " cannot be read (" + e + "); see its permissions", e);
      }
    }
    return cameras;
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
   * Makes a camera's file, readable by its owner alone.
   *
   * @return false, with nothing changed, if there is one
   * @throws CommandFailure if the directory cannot be written
   */
  boolean create(String id, String text) throws CommandFailure {
    Path file = directory.resolve(name(Identifier.require(id)));
    try {
      return NewFile.make(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure(
          file
              + " cannot be written ("
              + e
              + "); give the user that istream runs as write access to the directory",
          e);
    }
  }

  /**
   * Writes {@code enabled} into a camera's file, atomically.
   *
   * @return whether the file had to be changed
   * @throws CommandFailure if the file cannot be read or replaced
   */
  boolean enable(String id, boolean enabled) throws CommandFailure {
    return edit(id, text -> EnabledLine.set(text, enabled), "enabled = " + enabled);
  }

  /**
   * Writes a login into a camera's file, which others cannot read from before that on.
   *
   * @return whether the file had to be changed
   * @throws CommandFailure if the file cannot be read or replaced, or cannot hold such a login
   */
  boolean login(String id, Credentials login) throws CommandFailure {
    LoginLines.require(login);
    Path file = file(id);
    try {
      OwnerOnly.make(file.toRealPath());
    } catch (IOException e) {
      throw new CommandFailure(
          file + " cannot be kept from others (" + e + "); do chmod 600, and try again", e);
    }
    return edit(id, text -> LoginLines.set(text, login), "user and .password");
  }

  private Path file(String id) throws CommandFailure {
    if (!Identifier.isValid(id)) {
      throw new CommandFailure("id \"" + Figures.plain(id) + "\" is not " + Identifier.ALLOWED);
    }
    return directory.resolve(name(id));
  }

  private boolean edit(String id, UnaryOperator<String> change, String lines)
      throws CommandFailure {
    Path file = file(id);
    try {
      // through a link to the file itself, so that the link stays
      Replacement replacement = new Replacement(file.toRealPath());
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        byte[] before = Files.readAllBytes(file);
        // Latin-1 maps every byte to one character and back, whatever the file's encoding is
        String text = new String(before, StandardCharsets.ISO_8859_1);
        byte[] after = change.apply(text).getBytes(StandardCharsets.ISO_8859_1);
        if (Arrays.equals(before, after)) {
          return attempt > 0;
        }
        if (replacement.replace(before, after)) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(
          file + " cannot be changed (" + e + "); set " + lines + " in it by hand", e);
    }
    throw new CommandFailure(file + " is being changed by somebody else; try again");
  }
}
