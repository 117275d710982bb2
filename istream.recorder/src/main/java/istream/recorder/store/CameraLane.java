// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.GapCause;
import istream.recorder.mp4.AssembledFragment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk side of one camera: takes from its queue, stores, accounts for gaps. Confined to the
 * disk thread, but for what it says of itself.
 */
public final class CameraLane {
  private static final Logger LOG = LoggerFactory.getLogger(CameraLane.class);

  /** Footage and the next lane of the camera wait so long for a ledger, and no longer. */
  private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(5);

  private final String camera;
  private final FootageQueue queue;
  private final SegmentWriter writer;
  private final GapTracker gaps;
  private final Throughput throughput;
  private final Patience atStart;
  private final Patience atEnd;
  private boolean restored;
  private volatile boolean finished;
  private volatile Instant recorded;
  private volatile String problem = "";

  /**
   * Makes the disk side of a camera.
   *
   * @param segmentLength of a file; cut at the next key frame
   * @param queue where the network side puts its items
   * @param nanos the monotonic clock
   */
  public CameraLane(
      String camera,
      Duration segmentLength,
      FootageQueue queue,
      Throughput throughput,
      LongSupplier nanos) {
    this.camera = camera;
    this.queue = queue;
    this.throughput = throughput;
    writer = new SegmentWriter(camera, segmentLength);
    gaps = new GapTracker(camera);
    atStart = new Patience(nanos, LEDGER_PATIENCE);
    atEnd = new Patience(nanos, LEDGER_PATIENCE);
  }

  /** The camera's id. */
  String camera() {
    return camera;
  }

  /** End of the newest frame handed to the archive. */
  public Optional<Instant> recordedUntil() {
    return Optional.ofNullable(recorded);
  }

  /** End of the newest frame that survives a power cut. */
  public Optional<Instant> durableUntil() {
    return writer.durableUntil();
  }

  /** Why nothing is being stored; empty while all is well. */
  public String problem() {
    return problem;
  }

  /**
   * Stores what waits.
   *
   * @return true if all was stored; false if it is to be tried again after a while
   */
  boolean drain(Storage storage) {
    boolean exhausted;
    try {
      if (!restore(storage)) {
        return false;
      }
      for (FootageItem item = queue.peek(); item != null; item = queue.peek()) {
        take(item, storage);
        queue.remove();
      }
      exhausted = queue.exhausted();
      if (exhausted) {
        writer.finish(storage.archive());
        gaps.lasts();
      }
    } catch (FootageException e) {
      failed(e.getMessage());
      return false;
    }
    return account(storage, exhausted);
  }

  /** The last gap of a camera is worth some tries; whoever records it next waits for them. */
  private boolean account(Storage storage, boolean exhausted) {
    if (writeGaps(storage)) {
      recovered();
    } else if (!exhausted || !atEnd.isOver()) {
      return false;
    } else {
      LOG.warn("camera {}: its last gap is not written down: {}", camera, problem);
    }
    finished = exhausted;
    return true;
  }

  /**
   * Goes on from what the storage holds. A ledger that cannot be read costs the cause of one gap,
   * and a wait, never footage.
   *
   * @return false if it is worth waiting for the ledger
   */
  private boolean restore(Storage storage) throws FootageException {
    if (restored) {
      return true;
    }
    Optional<Instant> until = storage.archive().recordedUntil(camera);
    if (until.isPresent()) {
      try {
        gaps.restore(GapHistory.read(camera, until.get(), storage));
      } catch (FootageException e) {
        if (!atStart.isOver()) {
          return false;
        }
        LOG.warn(
            "camera {}: the gaps so far are not taken into account: {}", camera, e.getMessage());
        gaps.restore(GapHistory.unknown(until.get()));
      }
      recorded = until.get();
    }
    restored = true;
    return true;
  }

  private void take(FootageItem item, Storage storage) throws FootageException {
    FootageArchive archive = storage.archive();
    if (item instanceof FootageItem.RunStart start) {
      writer.runStarts(start, archive);
      if (!writer.refusal().isEmpty()) {
        gaps.trouble(GapCause.CAMERA, writer.refusal());
        gaps.lasts();
      }
    } else if (item instanceof FootageItem.Trouble trouble) {
      gaps.trouble(trouble.cause(), trouble.detail());
      writer.interrupted(archive);
      if (trouble.lasting()) {
        gaps.lasts();
      }
    } else if (item instanceof FootageItem.Footage footage) {
      store(footage.fragment(), storage);
    }
  }

  private void store(AssembledFragment fragment, Storage storage) throws FootageException {
    if (!writer.takes(fragment.unit())) {
      gaps.trouble(GapCause.DISK, problem.isEmpty() ? "the segment was lost" : problem);
      return;
    }
    gaps.ends(fragment.unit());
    fragment.holes().forEach(gaps::hole);
    writeGaps(storage);
    writer.store(fragment, storage.archive());
    gaps.stored(fragment.unit());
    recorded = fragment.unit().end();
    throughput.stored(fragment.bytes(), fragment.frames());
  }

  /** A ledger that cannot be written is tried again and said, but never keeps footage waiting. */
  private boolean writeGaps(Storage storage) {
    if (!gaps.hasUnwritten()) {
      return true;
    }
    if (storage.ledger() == null) {
      say("gaps are not written down", "storage " + storage.archive().id() + " offers no ledger");
      return false;
    }
    try {
      gaps.write(storage.ledger());
      return true;
    } catch (FootageException e) {
      say("gaps are not written down", e.getMessage());
      return false;
    }
  }

  /** Notes that nothing can be stored for now, and says so once. */
  void failed(String message) {
    writer.failed();
    say("not storing", message);
  }

  /**
   * Storing failed by a fault of ours; the log says once where. All is tried again; but what fails
   * the same way twice goes once the camera was stopped, as its next lane waits for this one.
   */
  void crashed(Throwable fault) {
    String words = "a fault of istream, see the log: " + fault;
    if (!problem.equals(words)) {
      LOG.error("camera {}: storing failed by a fault of istream", camera, fault);
    } else if (queue.exhausted()) {
      finished = true;
    } else if (queue.isClosed()) {
      gaps.trouble(GapCause.DISK, words);
      queue.remove();
    }
    failed(words);
  }

  private void say(String what, String message) {
    if (problem.isEmpty()) {
      LOG.warn("camera {}: {}: {}", camera, what, message);
    }
    problem = message;
  }

  private void recovered() {
    if (!writer.refusal().isEmpty()) {
      say("not storing", writer.refusal());
    } else if (!problem.isEmpty()) {
      LOG.info("camera {}: storing again", camera);
      problem = "";
    }
  }

  /** Nothing is stored before the older lane of the same camera has stored what it still has. */
  void waitsFor(CameraLane older) {
    if (!older.problem().isEmpty()) {
      say("not storing", older.problem());
    }
  }

  /** Whether the lane has nothing more to do, ever. Any thread may ask. */
  boolean finished() {
    return finished;
  }
}
