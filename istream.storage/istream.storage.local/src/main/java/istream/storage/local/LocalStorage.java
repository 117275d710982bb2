// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageSource;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One storage: its services and the thread behind them. */
final class LocalStorage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStorage.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LocalSettings settings;
  private final Clock clock;
  private final Equipment equipment;
  private final OpenSegments open = new OpenSegments();
  private final Life life;
  private final Volume volume;
  private final SyncLoop loop;
  private final FootageArchive archive;
  private final FootageStore store;
  private final FootageSource source;
  private final GapLedger ledger;

  /**
   * Makes a storage; opens nothing yet.
   *
   * @param nanos monotonic time
   * @param listeners who are told, asked anew each time
   */
  LocalStorage(
      LocalSettings settings,
      Clock clock,
      LongSupplier nanos,
      Supplier<List<FootageListener>> listeners,
      FreeSpace.Probe probe) {
    this.settings = settings;
    this.clock = clock;
    Health health = new Health(settings.id());
    FootageTree tree = new FootageTree(settings.path());
    equipment =
        new Equipment(
            settings,
            tree,
            new FreeSpace(probe, settings.floorBytes(), nanos, health),
            new Usage(tree),
            new Announcer(settings.id(), listeners),
            health);
    life = new Life();
    volume = new Volume(settings, health, nanos, clock::instant, life);
    loop = new SyncLoop(settings.id(), this::round);
    archive = new LocalFootageArchive(equipment, volume, open, () -> loop.wake(period()));
    store = new LocalFootageStore(equipment, volume, open, clock, () -> loop.wake(SECOND));
    source = new LocalFootageSource(equipment, volume, open);
    ledger = new LocalGapLedger(equipment, volume);
  }

  /** Asks the file system that the storage lies on. */
  static FreeSpace.Probe probe(LocalSettings settings) {
    return () -> Files.getFileStore(settings.path()).getUsableSpace();
  }

  /** Opens the volume, in the background. */
  void start() {
    loop.wake(Duration.ZERO);
  }

  FootageArchive archive() {
    return archive;
  }

  FootageStore store() {
    return store;
  }

  FootageSource source() {
    return source;
  }

  GapLedger ledger() {
    return ledger;
  }

  private Duration period() {
    return settings.sync().isZero() ? SECOND : settings.sync();
  }

  /** Syncs, and looks after the volume; sleeps while nothing is recorded and all is well. */
  private Duration round() {
    if (!settings.problems().isEmpty()) {
      return Duration.ZERO;
    }
    open.sync();
    if (!volume.check()) {
      return SECOND;
    }
    equipment.space().refresh();
    return open.isEmpty() ? Duration.ZERO : period();
  }

  /** Makes everything durable; what is open can be gone on with by the next storage. */
  @Override
  public void close() {
    close(PATIENCE);
  }

  /**
   * Makes everything durable, on the thread that syncs: a disk that hangs must not hold up who
   * closes. After that patience the open segments are let go as they are.
   */
  void close(Duration patience) {
    FootageException why =
        new FootageException("storage " + settings.id() + " is being stopped", true, null);
    if (!loop.close(() -> open.end(why), patience)) {
      LOG.warn("storage {}: the disk does not answer; it is let go as it is", settings.id());
      open.letGo(why);
    }
    life.stop();
  }

  /** What happens when the volume comes and goes. */
  private final class Life implements Volume.Occupant {
    private volatile Census census;

    @Override
    public void attached() throws IOException {
      // whoever recorded them may be alive: a bundle is updated under it
      Recovery recovery = new Recovery(equipment.tree(), equipment.health());
      recovery.run(clock.instant()).forEach(open::suspend);
      census = new Census(equipment);
    }

    @Override
    public void detached(String why) {
      stop();
      open.end(new FootageException("storage " + settings.id() + ": " + why, true, null));
    }

    void stop() {
      if (census != null) {
        census.stop();
      }
    }
  }
}
