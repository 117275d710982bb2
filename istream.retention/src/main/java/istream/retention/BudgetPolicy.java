// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Segment;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import istream.api.retention.Deletions;
import istream.api.retention.RetentionPlan;
import istream.api.retention.RetentionPolicy;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a storage's oldest closed segments while they are too many, too old, or in the way of
 * recording. Lists lazily from the oldest, so its cost does not depend on how much there is. Any
 * thread.
 */
final class BudgetPolicy implements RetentionPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetPolicy.class);

  /** Most deletions of one look: the figures are read anew, and other policies have their turn. */
  private static final long MOST_DELETIONS = 1_000;

  private final RetentionSettings settings;
  private final Function<String, Optional<FootageStore>> stores;
  private final Duties duties;
  private final ClockGuard guard;
  private volatile String problem;

  /**
   * Makes a policy.
   *
   * @param stores finds a storage by its id, at every look anew
   * @param duties says whether it makes room where the storage is short of it
   * @param nanos monotonic time
   */
  BudgetPolicy(
      RetentionSettings settings,
      Function<String, Optional<FootageStore>> stores,
      Duties duties,
      Clock clock,
      LongSupplier nanos) {
    this.settings = settings;
    this.stores = stores;
    this.duties = duties;
    guard = new ClockGuard(clock, nanos);
    problem = settings.problem();
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public RetentionPlan plan() throws FootageException {
    return carryOut((store, segment) -> segment.bytes(), Long.MAX_VALUE);
  }

  @Override
  public synchronized RetentionPlan enforce() throws FootageException {
    RetentionPlan done =
        carryOut(
            (store, segment) -> {
              long freed = store.delete(segment.key());
              LOG.info("policy {}: deleted {} ({} bytes)", id(), segment.file(), freed);
              return freed;
            },
            MOST_DELETIONS);
    note(done.problem());
    return done;
  }

  /** Keeps what is wrong, and logs it once. */
  private void note(String found) {
    if (!found.isEmpty() && !found.equals(problem)) {
      LOG.warn("policy {}: {}", id(), found);
    } else if (found.isEmpty() && !problem.isEmpty()) {
      LOG.info("policy {}: works again", id());
    }
    problem = found;
  }

  /** What is done with a segment that has to go; returns the bytes it frees. */
  private interface Deed {
    long apply(FootageStore store, Segment segment) throws FootageException;
  }

  private RetentionPlan carryOut(Deed deed, long most) {
    if (!settings.problems().isEmpty()) {
      return nothing(settings.problem());
    }
    Optional<FootageStore> store = stores.apply(settings.storage());
    if (store.isEmpty()) {
      return nothing(
          "there is no storage "
              + settings.storage()
              + "; add its file, or correct the key storage");
    }
    StoreStatus status = store.get().status();
    if (status.state() == StoreStatus.State.UNAVAILABLE
        || status.state() == StoreStatus.State.MISCONFIGURED) {
      return nothing("nothing is deleted while the storage cannot be used: " + status.lastError());
    }
    try {
      return carryOut(store.get(), status, deed, most);
    } catch (FootageException e) {
      return nothing("nothing is deleted: " + e.getMessage());
    } catch (UncheckedIOException e) {
      return nothing("the storage cannot be read: " + e.getMessage() + "; check the disk");
    }
  }

  private RetentionPlan carryOut(FootageStore store, StoreStatus status, Deed deed, long most)
      throws FootageException {
    Excess excess = new Excess(settings, guard.read());
    String problem = reckonBytes(store, excess);
    boolean counted = problem.isEmpty();
    if (duties.makesRoom(settings)) {
      excess.makeRoom(status);
    }
    Tally gone = new Tally();
    boolean more = false;
    try (Stream<Segment> segments = store.list(SegmentQuery.of(settings.camera()))) {
      Iterator<Segment> oldestFirst = segments.filter(segment -> !segment.open()).iterator();
      while (excess.mayConcernMore() && oldestFirst.hasNext()) {
        Segment segment = oldestFirst.next();
        more = excess.concerns(segment) && gone.count() == most;
        if (more || !excess.concerns(segment)) {
          break;
        }
        try {
          long freed = deed.apply(store, segment);
          excess.freed(freed);
          gone.add(segment, freed);
        } catch (FootageException e) {
          problem = e.getMessage();
        }
      }
    }
    OptionalLong kept = counted ? OptionalLong.of(excess.kept()) : OptionalLong.empty();
    return plan(kept, gone.sum(more), problem);
  }

  /** Age and want of space need no totals; returns why there are none, or nothing. */
  private String reckonBytes(FootageStore store, Excess excess) {
    try {
      excess.used(store.usedBytes(settings.camera()));
      return "";
    } catch (FootageException e) {
      return "nothing is deleted for its bytes: " + e.getMessage();
    }
  }

  private RetentionPlan nothing(String problem) {
    return plan(OptionalLong.empty(), Deletions.NONE, problem);
  }

  private RetentionPlan plan(OptionalLong kept, Deletions gone, String problem) {
    return new RetentionPlan(
        settings.id(), settings.storage(), settings.camera(), settings.rule(), kept, gone, problem);
  }
}
