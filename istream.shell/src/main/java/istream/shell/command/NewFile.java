// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a file that appears as a whole, readable by its owner alone from the first byte on, and
 * never in the place of another.
 */
final class NewFile {
  private NewFile() {}

  /**
   * Makes the file.
   *
   * @return false, with nothing changed, if there is one of that name
   * @throws IOException if the directory cannot be written
   */
  static boolean make(Path file, byte[] bytes) throws IOException {
    // not named *.cfg: nobody is to take it for a configuration
    Path fresh = Files.createTempFile(file.getParent(), ".istream-", ".new");
    try {
      Replacement.write(fresh, bytes);
      give(fresh, file);
      Replacement.syncDirectory(file.getParent());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void give(Path fresh, Path file) throws IOException {
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // not every file system knows a second name; this looks first, and then moves
      Files.move(fresh, file);
    }
  }
}
