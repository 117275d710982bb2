// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what bears a name of footage below a directory where files come and go meanwhile. */
final class FootageWalk extends SimpleFileVisitor<Path> {
  private final Map<Path, Long> sizes = new TreeMap<>();

  private FootageWalk() {}

  /** The files, by name; none if there is no such directory. */
  static List<Path> files(Path directory) throws IOException {
    return List.copyOf(walk(directory).keySet());
  }

  /** How many bytes they are. */
  static long bytes(Path directory) throws IOException {
    return walk(directory).values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<Path, Long> walk(Path directory) throws IOException {
    FootageWalk walk = new FootageWalk();
    Files.walkFileTree(directory, walk);
    return walk.sizes;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (file.toString().endsWith(".mp4")) {
      sizes.put(file, attributes.size());
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }
}
