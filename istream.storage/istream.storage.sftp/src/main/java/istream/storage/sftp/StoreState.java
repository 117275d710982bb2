// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.footage.StoreStatus.State;
import istream.api.replication.ReplicaException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a storage was seen last, by whoever had a connection. Any thread. */
final class StoreState {
  private static final Logger LOG = LoggerFactory.getLogger(StoreState.class);
  private static final long LEAST_FREE = 1 << 20;

  private final Map<SegmentKey, Long> doubtful = new ConcurrentHashMap<>();
  private volatile String trouble = "";
  private volatile String notice = "";
  private volatile State state = State.READY;
  private volatile OptionalLong free = OptionalLong.empty();
  private volatile boolean refusesRenaming;
  private volatile boolean seen;

  /** A connection was made, or a deletion made room: whatever was wrong is over. */
  void isWell() {
    if (!trouble.isEmpty()) {
      LOG.info("over: {}", trouble);
    }
    trouble = "";
    state = State.READY;
    seen = true;
  }

  /** Something failed; a segment that is not ours does no harm to the rest. */
  ReplicaException failed(ReplicaException e) {
    switch (e.kind()) {
      case FOREIGN -> notice(e.getMessage());
      case FULL -> isIn(State.FULL, e.getMessage());
      default -> isIn(State.UNAVAILABLE, e.getMessage());
    }
    return e;
  }

  private void isIn(State now, String message) {
    if (!message.equals(trouble)) {
      LOG.warn("{}", message);
    }
    trouble = message;
    state = now;
  }

  /** Something that its owner should know; stays until the next. */
  void notice(String message) {
    if (!message.equals(notice)) {
      LOG.warn("{}", message);
    }
    notice = message;
  }

  State state() {
    return state == State.READY && free.orElse(LEAST_FREE) < LEAST_FREE ? State.FULL : state;
  }

  /** What went wrong last; empty if nothing did. */
  String lastError() {
    return trouble.isEmpty() ? notice : trouble;
  }

  void free(long bytes) {
    free = OptionalLong.of(bytes);
  }

  OptionalLong free() {
    return free;
  }

  /** Whether the directory of the footage was there in the life of this process. */
  boolean isSeen() {
    return seen;
  }

  /** Renaming failed: new files are made under their names. */
  void refuseRenaming() {
    refusesRenaming = true;
  }

  boolean refusesRenaming() {
    return refusesRenaming;
  }

  /** A write failed: what lies from there on may have holes behind a head. */
  void doubt(SegmentKey key, long offset) {
    doubtful.merge(key, offset, Math::min);
  }

  /** Where to go on at the latest. */
  long doubtedFrom(SegmentKey key) {
    return doubtful.getOrDefault(key, Long.MAX_VALUE);
  }

  /** A segment was committed. */
  void trust(SegmentKey key) {
    doubtful.remove(key);
  }
}
