// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The live head of one segment. Only while its file is open on the replica are its units held, and
 * of these only those that are not durable; else its length is enough. Any thread.
 */
final class Head {
  private static final int MOST_UNITS = 4096;

  private final SegmentKey key;
  private volatile int lane;
  private final Deque<Fragment> unsent = new ArrayDeque<>();
  private final Deque<Fragment> unanswered = new ArrayDeque<>();

  private boolean loaded;
  private boolean closed;
  private boolean cutAsked;
  private long end;
  private long sent;
  private long durable;
  private long notBefore = Long.MIN_VALUE;
  private Instant newest;
  private Instant sentUntil;

  /**
   * Knows of no unit yet.
   *
   * @param lane number of the connection that it is shipped over
   */
  Head(SegmentKey key, int lane) {
    this.key = key;
    this.lane = lane;
    newest = key.start();
    sentUntil = key.start();
  }

  SegmentKey key() {
    return key;
  }

  int lane() {
    return lane;
  }

  /** Its connection is not to be had: another takes it. */
  synchronized void move(int other) {
    unload();
    lane = other;
  }

  /** A unit was written here; one that the index named before is known already. */
  synchronized void written(Fragment unit) {
    long next = endOf(unit);
    if (unit.kind() == Unit.Kind.FRAGMENT) {
      newest = unit.end();
    }
    if (next <= end) {
      return;
    }
    if (loaded && unit.offset() == end && unsent.size() < MOST_UNITS) {
      unsent.add(unit);
    } else {
      unload();
    }
    end = next;
  }

  /** Nothing will be written any more. */
  synchronized void closed(long bytes) {
    closed = true;
    if (bytes > end) {
      unload();
      end = bytes;
    }
  }

  /** Its file is open no longer: what is not durable is looked up again. */
  synchronized void unload() {
    loaded = false;
    sent = durable;
    unsent.clear();
    unanswered.clear();
  }

  /**
   * Its file was opened.
   *
   * @param units index of our copy
   * @param length bytes that lie on the replica
   * @return whether the index is as new as what was announced
   */
  synchronized boolean load(List<Fragment> units, long length) {
    unload();
    long known = units.isEmpty() ? 0 : endOf(units.get(units.size() - 1));
    if (known < end) {
      return false;
    }
    for (Fragment unit : units) {
      unsent.add(unit);
      newest = unit.end();
      if (endOf(unit) <= length) {
        sent(unit);
      }
    }
    end = known;
    loaded = true;
    return true;
  }

  /** Our copy is shorter than what was announced: what lies there counts. */
  synchronized void shorten() {
    end = 0;
  }

  synchronized boolean loaded() {
    return loaded;
  }

  /** The next unit to be sent. */
  synchronized Optional<Fragment> next() {
    return Optional.ofNullable(unsent.peek());
  }

  /** A unit is on its way, or lies there. */
  synchronized void sent(Fragment unit) {
    if (unit.equals(unsent.peek())) {
      unsent.remove();
      unanswered.add(unit);
      sent = endOf(unit);
      sentUntil = unit.end();
    }
  }

  /** From the newest frame that was sent to the newest that was written. */
  synchronized Duration lateness() {
    return unsentBytes() > 0 && sentUntil.isBefore(newest)
        ? Duration.between(sentUntil, newest)
        : Duration.ZERO;
  }

  /**
   * A commit was answered.
   *
   * @return end of the newest frame that is durable by it
   */
  synchronized Optional<Instant> answered(long bytes) {
    Optional<Instant> newest = Optional.empty();
    while (!unanswered.isEmpty() && endOf(unanswered.peek()) <= bytes) {
      Fragment unit = unanswered.remove();
      if (unit.kind() == Unit.Kind.FRAGMENT) {
        newest = Optional.of(unit.end());
      }
    }
    durable = Math.max(durable, bytes);
    return newest;
  }

  /** Whether there is something to send or to commit. */
  synchronized boolean due(long now) {
    return now >= notBefore && (!loaded || closed || !unsent.isEmpty() || !unanswered.isEmpty());
  }

  synchronized boolean closed() {
    return closed;
  }

  /** Whether all of a closed segment is durable. */
  synchronized boolean finished() {
    return closed && loaded && unsent.isEmpty() && unanswered.isEmpty();
  }

  /**
   * Whether a commit should be asked for.
   *
   * @param least bytes that are worth one before the end
   */
  synchronized boolean worthCommit(long least) {
    boolean ending = closed && unsent.isEmpty();
    return loaded && !unanswered.isEmpty() && (ending || sent - durable >= least);
  }

  /** Bytes that were not sent yet. */
  synchronized long unsentBytes() {
    return Math.max(0, end - sent);
  }

  /** Bytes that are not durable. */
  synchronized long missingBytes() {
    return Math.max(0, end - durable);
  }

  /** Whether it is to be cut: true once. */
  synchronized boolean askForCut() {
    boolean first = !cutAsked && !closed;
    cutAsked = true;
    return first;
  }

  /** Leaves it alone until then. */
  synchronized void pauseUntil(long time) {
    unload();
    notBefore = time;
  }

  private static long endOf(Fragment unit) {
    return unit.offset() + unit.length();
  }
}
