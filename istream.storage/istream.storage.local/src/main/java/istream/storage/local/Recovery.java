// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private final Health health;

  Recovery(FootageTree tree, Health health) {
    this.tree = tree;
    this.health = health;
  }

  /**
   * Repairs all cameras; one that cannot be read does not stop the others.
   *
   * @param now names beyond it come from a clock that was ahead: they are not taken for the newest
   * @return the newest file of each camera, where it was not closed in order
   */
  List<SegmentKey> run(Instant now) throws IOException {
    List<SegmentKey> unfinished = new ArrayList<>();
    for (String camera : tree.cameras()) {
      try {
        repair(camera, Instant.MAX, now).ifPresent(unfinished::add);
        repair(camera, now, Instant.MIN).ifPresent(unfinished::add);
      } catch (IOException e) {
        health.note("footage of " + camera + " cannot be repaired: " + e + "; check the disk", e);
      }
    }
    return unfinished;
  }

  /** Files that begin at {@code last} or before, but after {@code first}; the newest first. */
  private Optional<SegmentKey> repair(String camera, Instant last, Instant first)
      throws IOException {
    Optional<SegmentKey> unfinished = Optional.empty();
    Optional<SegmentKey> key = tree.floor(camera, last);
    for (int files = 0; files < MOST_FILES; files++) {
      if (key.isEmpty() || !key.get().start().isAfter(first)) {
        break;
      }
      State state = tryToRepair(key.get());
      if (state == State.CLOSED) {
        break;
      }
      unfinished = state == State.UNFINISHED && unfinished.isEmpty() ? key : unfinished;
      key = tree.floor(camera, key.get().start().minusMillis(1));
    }
    return unfinished;
  }

  private State tryToRepair(SegmentKey key) {
    try {
      return repair(key);
    } catch (IOException e) {
      LOG.warn("{} cannot be repaired, it stays as it is", tree.file(key), e);
      return State.BROKEN;
    }
  }

  private enum State {
    CLOSED,
    UNFINISHED,
    BROKEN
  }

  private State repair(SegmentKey key) throws IOException {
    Path path = tree.file(key);
    long end;
    boolean playable;
    try (FootageFile file = new FootageFile(key, path)) {
      if (file.hasTail()) {
        return State.CLOSED;
      }
      end = file.wholeEnd();
      playable = file.isPlayable();
    }
    if (!playable) {
      Path aside = path.resolveSibling(path.getFileName() + BROKEN);
      Files.move(path, aside);
      FootageTree.sync(path.getParent());
      LOG.warn("{} holds no whole fragment, it was set aside as {}", path, aside.getFileName());
      return State.BROKEN;
    }
    if (end < Files.size(path)) {
      long torn = Files.size(path) - end;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(false);
      }
      LOG.info("{} ended within a fragment, {} bytes were cut off", path, torn);
    }
    return State.UNFINISHED;
  }
}
