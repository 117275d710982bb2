// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The distribution as a user gets it: the archive of this build, unpacked once per test run. */
public final class Distribution {
  private static final long UNPACK_SECONDS = 60;

  private final Path tree;

  private Distribution(Path tree) {
    this.tree = tree;
  }

  /** Unpacks the archive afresh when it is newer than what lies there, and finds its one tree. */
  public static Distribution unpacked() throws IOException, InterruptedException {
    Path archive = Path.of(System.getProperty("istream.archive"));
    Path target = Path.of(System.getProperty("istream.unpacked"));
    Path mark = target.resolve("unpacked");
    String wanted = Files.getLastModifiedTime(archive).toString();
    if (!Files.exists(mark) || !Files.readString(mark).equals(wanted)) {
      Files.createDirectories(target);
      Process tar =
          new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", target.toString())
              .inheritIO()
              .start();
      if (!tar.waitFor(UNPACK_SECONDS, TimeUnit.SECONDS) || tar.exitValue() != 0) {
        throw new IOException("cannot unpack " + archive);
      }
      Files.writeString(mark, wanted);
    }
    try (Stream<Path> entries = Files.list(target)) {
      List<Path> trees = entries.filter(Files::isDirectory).toList();
      if (trees.size() != 1) {
        throw new IOException(archive + " unpacks to " + trees + " instead of one directory");
      }
      return new Distribution(trees.get(0));
    }
  }

  /** The directory {@code istream-VERSION}. */
  public Path tree() {
    return tree;
  }

  /** The launcher. */
  public Path launcher() {
    return tree.resolve("bin/istream");
  }

  /** Our bundles: one jar each. */
  public List<Path> bundles() throws IOException {
    try (Stream<Path> files = Files.walk(tree.resolve("system/dev/istream"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Whether that bundle brings Declarative Services components. */
  public boolean hasComponents(String bundle) throws IOException {
    for (Path jar : bundles()) {
      if (jar.getFileName().toString().startsWith(bundle + "-")) {
        try (JarFile file = new JarFile(jar.toFile())) {
          return file.getManifest().getMainAttributes().getValue("Service-Component") != null;
        }
      }
    }
    return false;
  }
}
