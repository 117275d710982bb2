// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/**
 * Replaces a file as a whole: readers see the old bytes or the new ones, also after a power cut.
 * Owner, group and permissions stay.
 */
final class Replacement {
  private final Path file;

  Replacement(Path file) {
    this.file = file;
  }

  /**
   * Puts {@code after} in the place of {@code before}.
   *
   * @return false, with nothing changed, if the file no longer holds {@code before}
   * @throws IOException if the directory cannot be written, or the owner could not be kept
   */
  boolean replace(byte[] before, byte[] after) throws IOException {
    // not named *.cfg: nobody is to take it for a configuration
    Path fresh = Files.createTempFile(file.getParent(), ".istream-", ".new");
    try {
      write(fresh, after);
      copyAttributes(fresh);
      if (!Arrays.equals(Files.readAllBytes(file), before)) {
        return false;
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(file.getParent());
      return true;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Fills a file that is there, durably. */
  static void write(Path fresh, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private void copyAttributes(Path fresh) throws IOException {
    PosixFileAttributeView target = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (target == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributes actual = target.readAttributes();
    if (!actual.owner().equals(wanted.owner())) {
      target.setOwner(wanted.owner());
    }
    if (!actual.group().equals(wanted.group())) {
      target.setGroup(wanted.group());
    }
    target.setPermissions(wanted.permissions());
  }

  /** Makes the names in a directory durable. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
