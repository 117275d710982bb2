// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.configuration.Identifier;
import istream.api.footage.FootageException;
import istream.api.footage.StoreStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that footage goes to the disk it is meant for: the directory holds a marker, and the
 * data directory remembers it. Where the marker is missing the disk is not mounted, and nothing is
 * written. Any thread.
 */
final class Volume {
  static final String MARKER = ".istream-volume";

  private static final Logger LOG = LoggerFactory.getLogger(Volume.class);
  private static final long RECHECK_NANOS = 1_000_000_000;
  private static final Set<String> SYSTEM_ENTRIES = Set.of("lost+found");

  private final LocalSettings settings;
  private final Health health;
  private final LongSupplier nanos;
  private final Supplier<Instant> now;
  private final Occupant occupant;
  private volatile boolean attached;
  private boolean checked;
  private long checkedAt;
  private volatile String problem = "is being opened";

  /** Who lives on the volume. Called under the volume's lock. */
  interface Occupant {
    /** The volume is there: before anything else may use it. */
    void attached() throws IOException;

    /** The volume is gone. */
    void detached(String why);
  }

  Volume(
      LocalSettings settings,
      Health health,
      LongSupplier nanos,
      Supplier<Instant> now,
      Occupant occupant) {
    this.settings = settings;
    this.health = health;
    this.nanos = nanos;
    this.now = now;
    this.occupant = occupant;
  }

  /** Whether it can be used, and if not why. Never blocks. */
  StoreStatus.State state() {
    if (!settings.problems().isEmpty()) {
      return StoreStatus.State.MISCONFIGURED;
    }
    return attached ? StoreStatus.State.READY : StoreStatus.State.UNAVAILABLE;
  }

  /** Why it cannot be used; empty if it can. */
  String problem() {
    if (!settings.problems().isEmpty()) {
      return settings.problem();
    }
    return attached ? "" : "storage " + settings.id() + ": " + problem;
  }

  /**
   * Returns if the volume can be used; looks again for one that is missing once per second.
   *
   * @throws FootageException if it cannot be used
   */
  void require() throws FootageException {
    if (!settings.problems().isEmpty()) {
      throw health.refusal(settings.problem(), null);
    }
    if (!attached && !recheck()) {
      throw new FootageException(problem(), true, null);
    }
  }

  private synchronized boolean recheck() {
    boolean recent = checked && nanos.getAsLong() - checkedAt < RECHECK_NANOS;
    return attached || (!recent && check());
  }

  /** Looks at the marker; opens or leaves the volume accordingly. */
  synchronized boolean check() {
    checked = true;
    checkedAt = nanos.getAsLong();
    try {
      String trouble = look();
      if (!trouble.isEmpty()) {
        leave(trouble, null);
      } else if (!attached) {
        occupant.attached();
        attached = true;
        LOG.info("storage {}: keeps footage in {}", settings.id(), settings.path());
      }
    } catch (IOException e) {
      leave("cannot use " + settings.path() + ": " + e + "; check the disk and its rights", e);
    }
    return attached;
  }

  private void leave(String why, IOException cause) {
    boolean lost = attached;
    attached = false;
    problem = why;
    health.note(why, cause);
    if (lost) {
      occupant.detached(why);
    }
  }

  /** Returns why the volume cannot be used, or nothing. */
  private String look() throws IOException {
    Path marker = settings.path().resolve(MARKER);
    List<String> remembered = lines(settings.memory());
    boolean known = remembered.size() > 1 && remembered.get(1).equals(settings.path().toString());
    List<String> found = lines(marker);
    if (found.size() > 1) {
      return known ? same(remembered.get(0), found) : adopt(found);
    }
    if (known) {
      return "its disk is not there: "
          + marker
          + " is missing; mount the disk, or delete "
          + settings.memory()
          + " to start anew";
    }
    if (!isOurs(settings.path())) {
      return settings.path() + " holds files of others; choose an empty directory as path";
    }
    Files.createDirectories(settings.path());
    String volume = UUID.randomUUID().toString();
    write(marker, List.of(settings.id(), volume, now.get().toString()));
    remember(volume);
    return "";
  }

  private String same(String remembered, List<String> found) {
    return remembered.equals(found.get(1))
        ? ""
        : "another disk is mounted at "
            + settings.path()
            + "; mount the right one, or delete "
            + settings.memory()
            + " to go on with this one";
  }

  private String adopt(List<String> found) throws IOException {
    if (!found.get(0).equals(settings.id())) {
      return settings.path() + " belongs to the storage " + found.get(0) + "; choose another path";
    }
    remember(found.get(1));
    return "";
  }

  private void remember(String volume) throws IOException {
    Files.createDirectories(settings.memory().getParent());
    write(settings.memory(), List.of(volume, settings.path().toString()));
  }

  /** Empty, missing, or with nothing but directories of cameras. */
  private static boolean isOurs(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!SYSTEM_ENTRIES.contains(entry.getFileName().toString()) && !isCamera(entry)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isCamera(Path entry) throws IOException {
    if (!Identifier.isValid(entry.getFileName().toString()) || !Files.isDirectory(entry)) {
      return false;
    }
    try (DirectoryStream<Path> days = Files.newDirectoryStream(entry)) {
      for (Path day : days) {
        if (!FootageTree.DAY.matcher(day.getFileName().toString()).matches()) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }

  /** Puts a file there whole or not at all, also in a power cut. */
  private static void write(Path file, List<String> lines) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, lines, StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    FootageTree.sync(file.getParent());
  }
}
