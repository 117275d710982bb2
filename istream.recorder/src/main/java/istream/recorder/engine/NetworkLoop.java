// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads the sockets of all cameras. It looks at them on a common beat instead
 * of waking for every packet, which is most of what a recorder costs otherwise; it sleeps as long
 * as nobody wants a beat.
 */
public final class NetworkLoop implements AutoCloseable {
  /** Between two looks at a socket that delivers. */
  public static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Between two looks while a conversation goes back and forth. */
  public static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Who faults for ever may not fill the log. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final int READ_BYTES = 256 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(NetworkLoop.class);

  /** Something that wants to be called now and then, on the network thread. */
  public interface Member {
    /**
     * Does what is to be done; must not block.
     *
     * @return nanoseconds until it wants to be called again
     */
    long tick(long nowNanos);

    /**
     * {@link #tick} threw: a fault of ours. The loop goes on with it afterwards; if this throws
     * too, only after a rest.
     */
    void crashed(Throwable fault);
  }

  private static final class Seat {
    final Member member;
    long due;

    Seat(Member member, long due) {
      this.member = member;
      this.due = due;
    }
  }

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition posted = lock.newCondition();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Seat> seats = new ArrayList<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Thread thread;
  private boolean stopped;

  /** Starts the thread. */
  public NetworkLoop(LongSupplier nanos) {
    this.nanos = nanos;
    thread = new Thread(this::run, "istream-network");
    thread.setDaemon(true);
    thread.start();
  }

  /** Shared by all who read from sockets: its content is gone after their turn. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  /** Runs a task on the network thread, soon. Dropped once the loop is closed. */
  public void execute(Runnable task) {
    lock.lock();
    try {
      if (!stopped) {
        tasks.addLast(task);
        posted.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Calls the member from now on. */
  public void add(Member member) {
    execute(() -> seats.add(new Seat(member, nanos.getAsLong())));
  }

  /** Calls the member no more. On the network thread only. */
  void remove(Member member) {
    seats.removeIf(seat -> seat.member == member);
  }

  private void run() {
    try {
      while (await()) {
        runTasks();
        tickAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tickAll() {
    long now = nanos.getAsLong();
    for (Seat seat : List.copyOf(seats)) {
      if (seat.due - now <= 0) {
        seat.due = now + tick(seat.member, now);
      }
    }
  }

  /** Nothing that befalls one member, running out of memory included, may touch the others. */
  private static long tick(Member member, long now) {
    try {
      long wait = member.tick(now);
      // all who want the same beat get it at the same time: one wake-up for all
      long rest = wait >= QUICK_NANOS ? Math.floorMod(now + wait, QUICK_NANOS) : 0;
      return wait - rest;
    } catch (Throwable fault) {
      log(fault);
      return tell(member, fault) ? BEAT_NANOS : REST_NANOS;
    }
  }

  private static boolean tell(Member member, Throwable fault) {
    try {
      member.crashed(fault);
      return true;
    } catch (Throwable another) {
      log(another);
      return false;
    }
  }

  private void runTasks() {
    for (Runnable task = poll(); task != null; task = poll()) {
      try {
        task.run();
      } catch (Throwable fault) {
        log(fault);
      }
    }
  }

  private static void log(Throwable fault) {
    try {
      LOG.error("a fault of istream on the network thread", fault);
    } catch (Throwable none) {
      // memory is too short even for that; the thread of all cameras goes on
    }
  }

  private Runnable poll() {
    lock.lock();
    try {
      return tasks.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      long left = nextDue();
      while (tasks.isEmpty() && !stopped && left > 0) {
        if (left == Long.MAX_VALUE) {
          posted.await();
        } else {
          left = posted.awaitNanos(left);
        }
      }
      return !stopped || !tasks.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private long nextDue() {
    long now = nanos.getAsLong();
    long least = Long.MAX_VALUE;
    for (Seat seat : seats) {
      least = Math.min(least, seat.due - now);
    }
    return least;
  }

  /** Ends the thread after the tasks posted so far. */
  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      posted.signal();
    } finally {
      lock.unlock();
    }
  }
}
