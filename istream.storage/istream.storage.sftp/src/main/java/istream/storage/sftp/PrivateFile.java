// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner reads and writes. They are there whole or not at all. */
final class PrivateFile {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFile() {}

  /**
   * Makes a file.
   *
   * @throws FileAlreadyExistsException if there is one of that name
   */
  static void create(Path file, byte[] content) throws IOException {
    Path temporary = write(file, content);
    try {
      // a link, because a move would go over what another has made meanwhile
      Files.createLink(file, temporary);
    } finally {
      Files.delete(temporary);
    }
  }

  /** Makes a file, in place of one of that name. */
  static void replace(Path file, byte[] content) throws IOException {
    Path temporary = write(file, content);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path write(Path file, byte[] content) throws IOException {
    Path directory = file.getParent();
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    Path temporary =
        Files.createTempFile(
            directory, "." + file.getFileName(), "", PosixFilePermissions.asFileAttribute(FILE));
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return temporary;
  }

  /** Whether others than its owner may read it. */
  static boolean isExposed(Path file) throws IOException {
    return !FILE.containsAll(readers(file));
  }

  private static Set<PosixFilePermission> readers(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.remove(PosixFilePermission.OWNER_EXECUTE);
    return permissions;
  }
}
