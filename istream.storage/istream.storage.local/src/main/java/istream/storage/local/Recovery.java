// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what a dead process left: the newest files of each camera, back to the first that was
 * closed in order, are cut at the end of their last whole unit. What is not footage is set aside,
 * never deleted.
 */
final class Recovery {
  /** Ending of a file set aside. */
  static final String BROKEN = ".broken";

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int MOST_FILES = 16;

  private final FootageTree tree;

  Recovery(FootageTree tree) {
    this.tree = tree;
  }

  /** Repairs all cameras; one that cannot be repaired does not stop the others. */
  void run() throws IOException {
    for (String camera : tree.cameras()) {
      repair(camera);
    }
  }

  private void repair(String camera) throws IOException {
    Optional<SegmentKey> key = tree.floor(camera, Instant.MAX);
    for (int files = 0; key.isPresent() && files < MOST_FILES; files++) {
      try {
        if (!repair(key.get())) {
          return;
        }
      } catch (IOException e) {
        LOG.warn("{} cannot be repaired, it stays as it is", tree.file(key.get()), e);
      }
      key = tree.floor(camera, key.get().start().minusMillis(1));
    }
  }

  /** Returns whether an older file may need it too. */
  private boolean repair(SegmentKey key) throws IOException {
    Path path = tree.file(key);
    long end;
    boolean playable;
    try (FootageFile file = new FootageFile(key, path)) {
      if (file.hasTail()) {
        return false;
      }
      end = file.wholeEnd();
      playable = file.isPlayable();
    }
    if (!playable) {
      Path aside = path.resolveSibling(path.getFileName() + BROKEN);
      Files.move(path, aside);
      FootageTree.sync(path.getParent());
      LOG.warn("{} holds no whole fragment, it was set aside as {}", path, aside.getFileName());
    } else if (end < Files.size(path)) {
      long torn = Files.size(path) - end;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(false);
      }
      LOG.info("{} ended within a fragment, {} bytes were cut off", path, torn);
    }
    return true;
  }
}
