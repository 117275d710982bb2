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

  GapTracker(String camera) {
    this.camera = camera;
  }

  /**
   * Takes over from the process before.
   *
   * @param recordedUntil end of the newest footage stored, if any
   * @param lasting the gap that was written down as lasting when that process ended, if any
   */
  void restore(Optional<Instant> recordedUntil, Optional<Gap> lasting) {
    if (end != null || recordedUntil.isEmpty()) {
      return;
    }
    end = recordedUntil.get();
    boolean known = lasting.isPresent() && cause == null;
    if (known) {
      end = lasting.get().from();
      trouble(lasting.get().cause(), lasting.get().detail());
      begun = true;
    } else if (cause == null) {
      trouble(GapCause.RESTART, "istream was not running");
    }
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

  /** A fragment was stored. */
  void stored(Unit unit) {
    if (end != null) {
      Instant start = unit.start().isBefore(end) ? end : unit.start();
      boolean missing = Duration.between(end, start).compareTo(TOLERANCE) > 0;
      if (missing || begun) {
        GapCause known = cause == null ? GapCause.CAMERA : cause;
        String words = cause == null ? "the camera left frames out" : detail;
        note(new Gap(camera, end, Optional.of(start), known, words));
      }
    }
    end = unit.end();
    cause = null;
    detail = "";
    begun = false;
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
