// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.SegmentQuery;
import istream.recorder.mp4.AssembledFragment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk side of one camera: takes from its queue, stores, accounts for gaps. Confined to the
 * disk thread, but for what it says of itself.
 */
public final class CameraLane {
  private static final Logger LOG = LoggerFactory.getLogger(CameraLane.class);

  private final String camera;
  private final FootageQueue queue;
  private final SegmentWriter writer;
  private final GapTracker gaps;
  private final Throughput throughput;
  private boolean restored;
  private volatile Instant recorded;
  private volatile String problem = "";

  /**
   * Makes the disk side of a camera.
   *
   * @param segmentLength of a file; cut at the next key frame
   * @param queue where the network side puts its items
   */
  public CameraLane(
      String camera, Duration segmentLength, FootageQueue queue, Throughput throughput) {
    this.camera = camera;
    this.queue = queue;
    this.throughput = throughput;
    writer = new SegmentWriter(camera, segmentLength);
    gaps = new GapTracker(camera);
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
    try {
      restore(storage);
      for (FootageItem item = queue.peek(); item != null; item = queue.peek()) {
        take(item, storage.archive());
        queue.remove();
        writeGaps(storage);
      }
      if (queue.exhausted()) {
        writer.finish(storage.archive());
        gaps.lasts();
      }
      writeGaps(storage);
      recovered();
      return true;
    } catch (FootageException e) {
      failed(e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("camera {}: storing failed by a fault of istream", camera, e);
      failed("a fault of istream, see the log: " + e);
      return false;
    }
  }

  private void restore(Storage storage) throws FootageException {
    if (restored) {
      return;
    }
    Optional<Instant> until = storage.archive().recordedUntil(camera);
    Optional<Gap> lasting = Optional.empty();
    if (storage.ledger() != null && until.isPresent()) {
      SegmentQuery query = new SegmentQuery(camera, until.get(), Instant.MAX);
      List<Gap> known = storage.ledger().gaps(query);
      lasting = known.stream().filter(gap -> gap.to().isEmpty()).reduce((a, b) -> b);
    }
    gaps.restore(until, lasting);
    until.ifPresent(end -> recorded = end);
    restored = true;
  }

  private void take(FootageItem item, FootageArchive archive) throws FootageException {
    if (item instanceof FootageItem.RunStart start) {
      writer.runStarts(start, archive);
    } else if (item instanceof FootageItem.Trouble trouble) {
      gaps.trouble(trouble.cause(), trouble.detail());
      writer.interrupted(archive);
      if (trouble.lasting()) {
        gaps.lasts();
      }
    } else if (item instanceof FootageItem.Footage footage) {
      store(footage.fragment(), archive);
    }
  }

  private void store(AssembledFragment fragment, FootageArchive archive) throws FootageException {
    try {
      if (writer.store(fragment, archive)) {
        gaps.stored(fragment.unit());
        recorded = fragment.unit().end();
        throughput.stored(fragment.bytes(), fragment.frames());
      } else {
        gaps.trouble(GapCause.DISK, problem.isEmpty() ? "the segment was lost" : problem);
      }
    } catch (IllegalArgumentException e) {
      gaps.trouble(
          GapCause.CAMERA, "parameter sets that no file can be made of: " + e.getMessage());
    }
  }

  private void writeGaps(Storage storage) throws FootageException {
    if (gaps.hasUnwritten() && storage.ledger() != null) {
      gaps.write(storage.ledger());
    }
  }

  /** Notes that nothing can be stored for now, and says so once. */
  void failed(String message) {
    writer.failed();
    if (problem.isEmpty()) {
      LOG.warn("camera {}: not storing: {}", camera, message);
    }
    problem = message;
  }

  private void recovered() {
    if (!problem.isEmpty()) {
      LOG.info("camera {}: storing again", camera);
      problem = "";
    }
  }

  /** Whether the lane has nothing more to do, ever. */
  boolean finished() {
    return queue.exhausted() && !gaps.hasUnwritten();
  }
}
