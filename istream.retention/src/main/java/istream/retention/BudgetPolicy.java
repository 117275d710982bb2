// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Segment;
import istream.api.footage.StoreStatus;
import istream.api.retention.Deletions;
import istream.api.retention.RetentionPlan;
import istream.api.retention.RetentionPolicy;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a storage's oldest closed segments while they are too many, too old, or in the way of
 * recording; what replicas lack last. Lists lazily from the oldest, so its cost does not depend on
 * how much there is. Any thread.
 */
final class BudgetPolicy implements RetentionPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetPolicy.class);

  /** Most deletions of one look: the figures are read anew, and other policies have their turn. */
  private static final long MOST_DELETIONS = 1_000;

  private final RetentionSettings settings;
  private final Function<String, Optional<FootageStore>> stores;
  private final Duties duties;
  private final Replicas replicas;
  private final Losses losses;
  private final ClockGuard guard;
  private volatile String problem;

  /**
   * Makes a policy.
   *
   * @param stores finds a storage by its id, at every look anew
   * @param duties says whether it makes room where the storage is short of it
   * @param replicas knows who has copies
   * @param nanos monotonic time
   */
  BudgetPolicy(
      RetentionSettings settings,
      Function<String, Optional<FootageStore>> stores,
      Duties duties,
      Replicas replicas,
      Clock clock,
      LongSupplier nanos) {
    this.settings = settings;
    this.stores = stores;
    this.duties = duties;
    this.replicas = replicas;
    losses = new Losses(replicas::ledger);
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
    return carryOut((store, condemned) -> condemned.segment().bytes(), Long.MAX_VALUE);
  }

  @Override
  public synchronized RetentionPlan enforce() throws FootageException {
    RetentionPlan done = carryOut(this::delete, MOST_DELETIONS);
    note(done.problem());
    return done;
  }

  /**
   * A loss is written down first; on a full disk that may need the room that the deletion makes.
   */
  private long delete(FootageStore store, Condemned condemned) throws FootageException {
    try {
      losses.record(condemned);
    } catch (FootageException e) {
      if (store.status().state() != StoreStatus.State.FULL) {
        throw e;
      }
      return deleteBeforeItIsNoted(store, condemned);
    }
    return unlink(store, condemned);
  }

  private long deleteBeforeItIsNoted(FootageStore store, Condemned condemned)
      throws FootageException {
    long freed = unlink(store, condemned);
    try {
      losses.record(condemned);
    } catch (FootageException e) {
      LOG.error("policy {}: that loss stands in this log alone: {}", id(), e.getMessage());
    }
    return freed;
  }

  private long unlink(FootageStore store, Condemned condemned) throws FootageException {
    Segment segment = condemned.segment();
    long freed = store.delete(segment.key());
    String lost =
        condemned.lacking().isEmpty()
            ? ""
            : ", which is not on " + String.join(", ", condemned.lacking());
    LOG.info("policy {}: deleted {} ({} bytes){}", id(), segment.file(), freed, lost);
    return freed;
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

  private RetentionPlan carryOut(Look.Deed deed, long most) {
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

  private RetentionPlan carryOut(FootageStore store, StoreStatus status, Look.Deed deed, long most)
      throws FootageException {
    Excess excess = new Excess(settings, guard.read());
    String problem = reckonBytes(store, excess);
    boolean counted = problem.isEmpty();
    if (duties.makesRoom(settings)) {
      excess.makeRoom(status);
    }
    Copies copies = replicas.copies(settings.storage());
    Look look = new Look(store, settings.camera(), excess, copies, deed, most);
    String failed = look.run();
    OptionalLong kept = counted ? OptionalLong.of(excess.kept()) : OptionalLong.empty();
    return plan(kept, look.deletions(), failed.isEmpty() ? problem : failed);
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
