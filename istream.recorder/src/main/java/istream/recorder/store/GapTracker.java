// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.Unit;
import istream.recorder.mp4.AssembledFragment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts for every hole between the footage of one camera that was stored. A hole is what lies
 * between the end of one stored fragment and the start of the next; its cause is the first trouble
 * that was told in between. Confined to the disk thread.
 *
 * <p>When the clock went back, footage that is there already lies ahead: what is missing behind it
 * begins at its end. A hole on this side of it has the bounds that the clock gives it.
 */
final class GapTracker {
  private static final Logger LOG = LoggerFactory.getLogger(GapTracker.class);

  /** Less is the jitter of clocks, not footage that is missing. */
  static final Duration TOLERANCE = Duration.ofMillis(200);

  /** A ledger that cannot be written must not cost memory without bound. */
  private static final int MOST_UNWRITTEN = 1000;

  private final String camera;
  private final Deque<Gap> unwritten = new ArrayDeque<>();
  private Instant end;

  /** The latest end there ever was: ahead of {@link #end} after the clock went back. */
  private Instant latest;

  private GapCause cause;
  private String detail = "";
  private boolean begun;
  private Gap ended;
  private Gap newestHole;

  GapTracker(String camera) {
    this.camera = camera;
  }

  /**
   * Takes over from the process before: fills the holes between what it wrote down, and goes on
   * with the gap that it left behind.
   */
  void restore(GapHistory past) {
    end = past.recordedUntil().truncatedTo(ChronoUnit.MICROS);
    past.corrected().forEach(this::note);
    List<Gap> gaps = past.beyond();
    for (int i = 0; i < gaps.size(); i++) {
      Gap gap = gaps.get(i);
      lost(gap.from());
      if (i + 1 < gaps.size()) {
        end = later(end, endOf(gap, gaps.get(i + 1).from()));
      } else {
        goOn(gap);
      }
    }
    latest = end;
    trouble(GapCause.RESTART, "istream was not running");
  }

  /** Footage that had been stored up to here did not survive. */
  private void lost(Instant until) {
    if (isBefore(end, until)) {
      note(new Gap(camera, end, Optional.of(until), GapCause.RESTART, "lost in the crash"));
    }
  }

  /** One that was left open ends at the latest where the next one begins. */
  private Instant endOf(Gap gap, Instant next) {
    if (gap.to().isEmpty()) {
      note(new Gap(camera, gap.from(), Optional.of(next), gap.cause(), gap.detail()));
    }
    return gap.to().orElse(next);
  }

  /** The newest gap is not over yet; a known other cause than the restart is left as it ended. */
  private void goOn(Gap gap) {
    begun = gap.to().isEmpty();
    if (begun) {
      trouble(gap.cause(), gap.detail());
    }
    boolean grows = begun || gap.cause() == GapCause.RESTART;
    end = grows ? gap.from() : later(end, gap.to().get());
  }

  /**
   * The start of a fragment to the microsecond, as its file says it: so gaps have the same bounds,
   * by which the ledger knows them, whether a process remembers footage or reads it.
   */
  private static Instant start(Unit unit) {
    return unit.start().plusNanos(499).truncatedTo(ChronoUnit.MICROS);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Something went wrong; the first cause since the last footage stands. */
  void trouble(GapCause newCause, String newDetail) {
    if (cause == null) {
      cause = newCause;
      detail = newDetail;
    }
  }

  /**
   * Writes down that a gap has begun, without waiting for its end. Not while the clock is behind
   * the newest footage: a gap that began there would have to end before it began, or cover it.
   */
  void lasts() {
    if (end == null || cause == null || begun || isBefore(end, latest)) {
      return;
    }
    end = latest;
    begun = true;
    note(new Gap(camera, end, Optional.empty(), cause, detail));
  }

  private static boolean isBefore(Instant a, Instant b) {
    return Duration.between(a, b).compareTo(TOLERANCE) > 0;
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
    Instant from = start(unit).isAfter(latest) ? latest : end;
    Instant to = later(start(unit), from);
    if (!begun && !isBefore(from, to)) {
      return;
    }
    GapCause known = cause == null ? GapCause.CAMERA : cause;
    String words = cause == null ? "the camera left frames out" : detail;
    Gap gap = new Gap(camera, from, Optional.of(to), known, words);
    if (!gap.equals(ended)) {
      ended = gap;
      note(gap);
    }
  }

  /** Packets were lost in the middle of what is about to be stored; may be told again. */
  void hole(AssembledFragment.Hole hole) {
    Instant from = hole.from().truncatedTo(ChronoUnit.MICROS);
    Instant to = hole.to().truncatedTo(ChronoUnit.MICROS);
    Gap gap = new Gap(camera, from, Optional.of(to), GapCause.NETWORK, "packets were lost");
    if (!gap.equals(newestHole)) {
      newestHole = gap;
      note(gap);
    }
  }

  /** A fragment was stored. */
  void stored(Unit unit) {
    Instant start = start(unit);
    if (end != null && isBefore(start, end)) {
      LOG.warn(
          "camera {}: recording goes on at {}, though there is footage until {}: the clock is behind,"
              + " or was ahead; what is missing in between cannot be known; check the time service",
          camera,
          start,
          end);
    }
    end = start.plus(unit.duration()).truncatedTo(ChronoUnit.MICROS);
    latest = latest == null ? end : later(latest, end);
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
