// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does tasks side by side so that nobody takes the time of others: of one owner at most two at a
 * time, the owners in turn. Its threads end with it. Any thread may call.
 */
final class FairCrew implements AutoCloseable {
  private static final int MOST_THREADS = 16;
  private static final int MOST_OF_ONE = 2;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST_THREADS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), FairCrew::thread);

  /** Guards all below. */
  private final Object lock = new Object();

  private final Deque<Task> waiting = new ArrayDeque<>();
  private final Map<String, Integer> busy = new HashMap<>();
  private int running;

  private record Task(String owner, Runnable work) {}

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "istream-ask");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Does it when it is its turn.
   *
   * @param owner on whose account
   */
  void execute(String owner, Runnable work) {
    synchronized (lock) {
      waiting.add(new Task(owner, work));
      begin();
    }
  }

  private void begin() {
    for (var tasks = waiting.iterator(); running < MOST_THREADS && tasks.hasNext(); ) {
      Task task = tasks.next();
      if (busy.getOrDefault(task.owner, 0) < MOST_OF_ONE) {
        tasks.remove();
        busy.merge(task.owner, 1, Integer::sum);
        running++;
        threads.execute(() -> run(task));
      }
    }
  }

  private void run(Task task) {
    try {
      task.work.run();
    } finally {
      synchronized (lock) {
        busy.merge(task.owner, -1, Integer::sum);
        running--;
        if (!threads.isShutdown()) {
          begin();
        }
      }
    }
  }

  /** Interrupts what is being done, and forgets what waits. */
  @Override
  public void close() {
    synchronized (lock) {
      waiting.clear();
      threads.shutdownNow();
    }
  }
}
