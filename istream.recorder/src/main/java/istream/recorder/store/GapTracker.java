// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Accounts for every hole between the footage of one camera that was stored. A hole is what lies
 * between the end of one stored fragment and the start of the next; its cause is the first trouble
 * that was told in between. Confined to the disk thread.
 */
final class GapTracker {
  /** Less is the jitter of clocks, not footage that is missing. */
  static final Duration TOLERANCE = Duration.ofMillis(200);

  /** A ledger that cannot be written must not cost memory without bound. */
  private static final int MOST_UNWRITTEN = 1000;

  private final String camera;
  private final Deque<Gap> unwritten = new ArrayDeque<>();
  private Instant end;
  private GapCause cause;
  private String detail = "";
  private boolean begun;
  private Gap ended;

  GapTracker(String camera) {
    this.camera = camera;
  }

  /**
   * Takes over from the process before.
   *
   * @param recordedUntil end of the newest footage stored, if any
   * @param newest the newest gap that does not end before that, if any: it lasted when that process
   *     ended, or the footage after it was not stored any more
   */
  void restore(Optional<Instant> recordedUntil, Optional<Gap> newest) {
    if (end != null || recordedUntil.isEmpty()) {
      return;
    }
    end = recordedUntil.get();
    newest.ifPresent(this::goOn);
    trouble(GapCause.RESTART, "istream was not running");
  }

  private void goOn(Gap gap) {
    if (Duration.between(end, gap.from()).compareTo(TOLERANCE) > 0) {
      note(new Gap(camera, end, Optional.of(gap.from()), GapCause.RESTART, "lost in the crash"));
    }
    boolean lasts = gap.to().isEmpty();
    if (lasts) {
      trouble(gap.cause(), gap.detail());
      begun = true;
    }
    boolean grows = lasts || gap.cause() == GapCause.RESTART;
    end = grows ? gap.from() : gap.to().get();
  }

  /** Something went wrong; the first cause since the last footage stands. */
  void trouble(GapCause newCause, String newDetail) {
    if (cause == null) {
      cause = newCause;
      detail = newDetail;
    }
  }

  /** Writes down that a gap has begun, without waiting for its end. */
  void lasts() {
    if (end != null && cause != null && !begun) {
      begun = true;
      note(new Gap(camera, end, Optional.empty(), cause, detail));
    }
  }

  /**
   * A fragment is about to be stored: the gap before it, if there is one, ends with it. Told
   * before, since a process that dies between the two must not leave a hole that nobody knows of.
   * May be told again with the same or a later fragment.
   */
  void ends(Unit unit) {
    if (end == null) {
      return;
    }
    Instant start = unit.start().isBefore(end) ? end : unit.start();
    if (!begun && Duration.between(end, start).compareTo(TOLERANCE) <= 0) {
      return;
    }
    GapCause known = cause == null ? GapCause.CAMERA : cause;
    String words = cause == null ? "the camera left frames out" : detail;
    Gap gap = new Gap(camera, end, Optional.of(start), known, words);
    if (!gap.equals(ended)) {
      ended = gap;
      note(gap);
    }
  }

  /** A fragment was stored. */
  void stored(Unit unit) {
    end = unit.end();
    cause = null;
    detail = "";
    begun = false;
    ended = null;
  }

  private void note(Gap gap) {
    if (unwritten.size() == MOST_UNWRITTEN) {
      unwritten.removeFirst();
    }
    unwritten.addLast(gap);
  }

  /** Whether there is something to write to the ledger. */
  boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /**
   * Writes to the ledger what was noted.
   *
   * @throws FootageException if the ledger refuses; what is left is written the next time
   */
  void write(GapLedger ledger) throws FootageException {
    while (!unwritten.isEmpty()) {
      ledger.record(unwritten.peekFirst());
      unwritten.removeFirst();
    }
  }
}
