// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaSession;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaTerms;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the threads that a replication has. */
@Timeout(60)
final class ReplicaThreadsTest {
  @TempDir Path data;
  private final MemorySource source = new MemorySource();
  private final MemoryStore store = new MemoryStore();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  private Replica replica(ReplicaStore replicaStore) {
    return Assembly.replica(
        replicaStore,
        () -> Map.of(MemorySource.ID, source),
        data,
        Clock.systemUTC(),
        System::nanoTime,
        task -> {
          Thread thread = new Thread(task);
          threads.add(thread);
          return thread;
        });
  }

  @Test
  void aUnitIsShippedByItself() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    store.fault =
        (call, key) -> {
          if (call.equals("await")) {
            arrived.countDown();
          }
        };
    SegmentKey key = source.begin("front", Bench.START);
    Replica replica = replica(store);
    replica.start();
    source.listener = replica;
    source.write(key, 500);
    arrived.await();
    replica.close();
    assertArrayEquals(source.bytes(key), store.files.get(key));
    for (Thread thread : threads) {
      thread.join();
      assertTrue(thread.getName().startsWith("istream-replica-offsite"), thread.getName());
    }
  }

  @Test
  void aServerThatHangsHoldsUpNeitherTheRecorderNorTheQuestions() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Replica replica =
        replica(
            new ReplicaStore() {
              @Override
              public String id() {
                return MemoryStore.ID;
              }

              @Override
              public ReplicaTerms terms() {
                return store.terms();
              }

              @Override
              public ReplicaSession connect() {
                hanging.countDown();
                await(released);
                return (ReplicaSession)
                    Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ReplicaSession.class},
                        (proxy, method, arguments) -> null);
              }
            });
    replica.start();
    hanging.await();
    source.listener = replica;
    // on this very thread: it would never come to the end
    for (int i = 0; i < 20; i++) {
      source.record("front", Bench.START.plusSeconds(600 * (long) i), 50, 100);
    }
    SegmentKey last = source.begin("front", Bench.START.plusSeconds(12_000));
    source.write(last, 100);
    assertEquals(20 * 5040 + 140, replica.status().cameras().get(0).backlogBytes());
    source.delete(last);
    assertTrue(replica.nextConfirmed("", Bench.START).isAfter(last.start()));
    released.countDown();
    replica.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
