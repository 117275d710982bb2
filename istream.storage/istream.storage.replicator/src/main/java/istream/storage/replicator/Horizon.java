// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where the replica's own policy has deleted, by camera: nothing at or before it is shipped
 * again. Kept in a file; losing that costs shipping and deleting once more. Any thread may raise
 * and ask; one saves.
 */
final class Horizon {
  private static final Logger LOG = LoggerFactory.getLogger(Horizon.class);
  private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path file;
  private final LongSupplier nanos;
  private final Map<String, Instant> horizons = new TreeMap<>();
  private boolean changed;
  private long saved;

  /** Reads nothing yet. */
  Horizon(Path file, LongSupplier nanos) {
    this.file = file;
    this.nanos = nanos;
    saved = nanos.getAsLong() - SAVE_NANOS;
  }

  /** Reads the file; one that is broken is worth a warning. */
  void load() {
    try {
      for (String line : Files.readAllLines(file)) {
        int blank = line.indexOf(' ');
        raise(new SegmentKey(line.substring(0, blank), Instant.parse(line.substring(blank + 1))));
      }
    } catch (NoSuchFileException none) {
      LOG.debug("{} is not there: nothing was deleted on the replica", file);
    } catch (IOException
        | DateTimeException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      LOG.warn(
          "{} cannot be used: {}; what the replica deleted is shipped again", file, e.toString());
    }
  }

  synchronized void raise(SegmentKey deleted) {
    Instant before = horizons.get(deleted.camera());
    if (before == null || deleted.start().isAfter(before)) {
      horizons.put(deleted.camera(), deleted.start());
      changed = true;
    }
  }

  synchronized boolean covers(SegmentKey key) {
    Instant horizon = horizons.get(key.camera());
    return horizon != null && !key.start().isAfter(horizon);
  }

  /** Whether it lies at an instant or later; of any camera if {@code camera} is empty. */
  synchronized boolean reaches(String camera, Instant from) {
    return horizons.entrySet().stream()
        .filter(horizon -> camera.isEmpty() || camera.equals(horizon.getKey()))
        .anyMatch(horizon -> !horizon.getValue().isBefore(from));
  }

  /** Writes the file if there is something new and the last time is a while ago. */
  void saveIfDue() {
    if (nanos.getAsLong() - saved >= SAVE_NANOS) {
      save();
    }
  }

  /** Writes the file if there is something new. */
  void save() {
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      if (!changed) {
        return;
      }
      changed = false;
      horizons.forEach((camera, start) -> lines.add(camera + " " + start));
    }
    saved = nanos.getAsLong();
    try {
      write(lines);
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written: {}; check the disk of the data directory", file, e.toString());
      synchronized (this) {
        changed = true;
      }
    }
  }

  private void write(List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, lines);
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
