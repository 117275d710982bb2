// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import istream.recorder.mp4.AssembledFragment;
import istream.recorder.mp4.Identity;
import istream.recorder.mp4.InitSegment;
import istream.recorder.mp4.Tail;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts the fragments of one camera into segments. Confined to the disk thread, but for {@link
 * #durableUntil}.
 *
 * <p>When an archive fails or goes away the segment is kept in mind, with the length known to be
 * stored, and reopened there by the next try: so an update of the storage costs nothing. Where that
 * cannot be, a new run starts at the next fragment that begins with a key frame.
 */
final class SegmentWriter {
  private final String camera;
  private final SegmentCut cut;
  private FootageItem.RunStart format;
  private String refusal = "";
  private UUID run;
  private Instant runStart = Instant.EPOCH;
  private int number;
  private volatile OpenSegment open;
  private FootageArchive openedBy;
  private SegmentKey lastKey;
  private volatile Instant durable;

  SegmentWriter(String camera, Duration segmentLength) {
    this.camera = camera;
    cut = new SegmentCut(camera, segmentLength);
  }

  /** The fragments that follow have another format or start at decode time zero again. */
  void runStarts(FootageItem.RunStart start, FootageArchive archive) throws FootageException {
    finish(archive);
    format = start;
    run = null;
    refusal = "";
    try {
      init(new Identity(camera, new UUID(0, 0), 0, Instant.EPOCH));
    } catch (IllegalArgumentException e) {
      refusal = "parameter sets that no file can be made of: " + e.getMessage();
    }
  }

  private ByteBuffer init(Identity identity) {
    return InitSegment.of(format.video(), format.audio(), identity);
  }

  /** Why nothing of this run can be stored; empty if it can. */
  String refusal() {
    return refusal;
  }

  /** Whether it can be stored: a segment is open, or it starts one with its key frame. */
  boolean takes(Unit unit) {
    return refusal.isEmpty() && (open != null || unit.key());
  }

  /**
   * Stores a fragment that it {@link #takes}.
   *
   * @throws FootageException if the archive refuses; to be tried again with the same fragment
   */
  void store(AssembledFragment fragment, FootageArchive archive) throws FootageException {
    Unit unit = fragment.unit();
    if (open != null && openedBy != archive) {
      reopen(archive);
    }
    if (unit.key() && (open == null || isCutDue(unit, archive))) {
      startSegment(unit, archive);
    }
    append(unit);
    noteDurable();
  }

  private boolean isCutDue(Unit unit, FootageArchive archive) {
    return cut.isDue(unit.start()) || archive.cutAsked(open.key());
  }

  private void append(Unit unit) throws FootageException {
    try {
      open.append(unit);
    } catch (FootageException e) {
      unit.bytes()
          .forEach(ByteBuffer::rewind); // the next try reads them from their beginning again
      throw e;
    }
  }

  private void startSegment(Unit unit, FootageArchive archive) throws FootageException {
    boolean newRun = run == null;
    if (open != null) {
      finish(archive);
    }
    Instant start = newRun ? unit.start() : runStart;
    UUID id = newRun ? UUID.randomUUID() : run;
    ByteBuffer init = init(new Identity(camera, id, newRun ? 0 : number + 1, start));
    Unit initUnit = new Unit(Unit.Kind.INIT, List.of(init), unit.start(), Duration.ZERO, 0, false);
    open = archive.create(nextKey(unit.start()), initUnit);
    openedBy = archive;
    lastKey = open.key();
    number = newRun ? 0 : number + 1;
    run = id;
    runStart = start;
    if (newRun) {
      cut.runStarts(unit.start());
    } else {
      cut.done(unit.start());
    }
  }

  /** Two segments of a camera never share a name, even when the wall clock was set back. */
  private SegmentKey nextKey(Instant start) {
    SegmentKey key = new SegmentKey(camera, start);
    return key.equals(lastKey) ? new SegmentKey(camera, start.plusMillis(1)) : key;
  }

  private void reopen(FootageArchive archive) throws FootageException {
    OpenSegment gone = open;
    noteDurable();
    try {
      open = archive.reopen(gone.key(), gone.length());
      openedBy = archive;
    } catch (FootageException e) {
      if (!e.retryable()) {
        abandon();
      }
      throw e;
    }
  }

  /** After a failure: the segment takes nothing more, the archive may know how to go on with it. */
  void failed() {
    openedBy = null;
  }

  private void abandon() {
    open = null;
    openedBy = null;
    run = null;
  }

  /** Footage is missing from here on: what follows is another run, and starts with a key frame. */
  void interrupted(FootageArchive archive) throws FootageException {
    finish(archive);
    run = null;
  }

  /** Ends the open segment, if there is one, with its index. */
  void finish(FootageArchive archive) throws FootageException {
    if (open == null) {
      return;
    }
    if (openedBy != archive) {
      reopen(archive);
    }
    OpenSegment closing = open;
    open = null;
    try {
      Instant end = closing.durableUntil().orElse(Instant.EPOCH);
      ByteBuffer tail = Tail.of(closing.fragments());
      closing.append(new Unit(Unit.Kind.TAIL, List.of(tail), end, Duration.ZERO, 0, false));
    } finally {
      closing.close();
      closing.durableUntil().ifPresent(until -> durable = until);
    }
  }

  private void noteDurable() {
    open.durableUntil().ifPresent(until -> durable = until);
  }

  /** End of the newest frame that survives a power cut. Any thread may ask. */
  Optional<Instant> durableUntil() {
    OpenSegment now = open;
    if (now != null) {
      Optional<Instant> until = now.durableUntil();
      if (until.isPresent()) {
        return until;
      }
    }
    return Optional.ofNullable(durable);
  }
}
