// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The disk thread of one storage: serves its cameras in turn, so that a disk that stalls holds up
 * only what is recorded to it. Waits without waking while there is nothing to store.
 *
 * <p>A camera whose file was changed has a new lane, while the old one may still have footage that
 * the disk did not take. They are served one after the other: else the new one would take what is
 * not stored yet for a gap.
 */
public final class ArchiveLane {
  private static final long RETRY_MILLIS = 500;

  private final Supplier<Storage> storage;
  private final Supplier<String> missing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Those that may still have something to store, the oldest first. */
  private final Set<CameraLane> lanes = new LinkedHashSet<>();

  private final Set<CameraLane> ready = new LinkedHashSet<>();
  private final Set<CameraLane> failing = new LinkedHashSet<>();
  private final Thread thread;
  private boolean stopped;

  /**
   * Starts the thread.
   *
   * @param name of the storage, for the thread
   * @param storage the services as they are now; null while there are none
   * @param missing says why there are none
   */
  ArchiveLane(String name, Supplier<Storage> storage, Supplier<String> missing) {
    this.storage = storage;
    this.missing = missing;
    thread = new Thread(this::run, "istream-disk-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A camera has something to store. */
  public void wake(CameraLane lane) {
    lock.lock();
    try {
      lanes.add(lane);
      if (!failing.contains(lane) && ready.add(lane)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The storage came or went: whoever waits for it tries again. */
  public void storageChanged() {
    lock.lock();
    try {
      ready.addAll(failing);
      failing.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (CameraLane lane = next(); lane != null; lane = next()) {
        serve(lane);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault, of whatever kind, is one camera's: the thread belongs to all of them. */
  private void serve(CameraLane lane) {
    boolean done = false;
    try {
      Storage now = storage.get();
      if (now == null) {
        lane.failed(missing.get());
      } else {
        done = lane.drain(now);
      }
    } catch (Throwable fault) {
      lane.crashed(fault);
    }
    served(lane, done);
  }

  private void served(CameraLane lane, boolean done) {
    lock.lock();
    try {
      boolean finished = lane.finished();
      if (!done && !finished) {
        ready.remove(lane);
        failing.add(lane);
      }
      if (finished && !ready.contains(lane)) {
        lanes.remove(lane);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The camera whose turn it is; null when the lane ends. Failed ones come back after a while. */
  private CameraLane next() throws InterruptedException {
    lock.lock();
    try {
      Optional<CameraLane> next = ready.stream().filter(this::isFirstOfItsCamera).findFirst();
      while (next.isEmpty() && !stopped) {
        if (failing.isEmpty()) {
          changed.await();
        } else if (!changed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
          ready.addAll(failing);
          failing.clear();
        }
        next = ready.stream().filter(this::isFirstOfItsCamera).findFirst();
      }
      next.ifPresent(ready::remove);
      return next.orElse(null);
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirstOfItsCamera(CameraLane lane) {
    for (CameraLane older : lanes) {
      if (older == lane) {
        return true;
      }
      if (older.camera().equals(lane.camera())) {
        lane.waitsFor(older);
        return false;
      }
    }
    return true;
  }

  /**
   * Waits until a camera's lane is finished, at most so long.
   *
   * @return whether it is; if not, the lane goes on in the background
   */
  public boolean awaitFinished(CameraLane lane, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (!lane.finished() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return lane.finished();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread once nothing is left to store, or at once if nothing can be stored. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
