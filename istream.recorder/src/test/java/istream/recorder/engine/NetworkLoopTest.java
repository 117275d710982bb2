// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NetworkLoopTest {
  private final NetworkLoop loop = new NetworkLoop(System::nanoTime);
  private final Semaphore ticks = new Semaphore(0);

  @AfterEach
  void close() {
    loop.close();
  }

  /** Throws whenever it is called. */
  private static final class Faulty implements NetworkLoop.Member {
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final Error fault;
    private final boolean twice;

    Faulty(Error fault, boolean twice) {
      this.fault = fault;
      this.twice = twice;
    }

    @Override
    public long tick(long nowNanos) {
      calls.add("tick");
      throw fault;
    }

    @Override
    public void crashed(Throwable told) {
      calls.add("told of " + told);
      if (twice) {
        throw new IllegalStateException();
      }
    }
  }

  private void addHealthy() {
    loop.add(
        new NetworkLoop.Member() {
          @Override
          public long tick(long nowNanos) {
            ticks.release();
            return NetworkLoop.QUICK_NANOS;
          }

          @Override
          public void crashed(Throwable fault) {
            throw new AssertionError("it is healthy", fault);
          }
        });
  }

  private void assertTicks() throws InterruptedException {
    ticks.drainPermits();
    assertTrue(ticks.tryAcquire(20, 10, TimeUnit.SECONDS), "the others are called on");
  }

  @Test
  void whoThrowsAndThrowsAgainWhenToldLeavesTheOthersAlone() throws Exception {
    Faulty faulty = new Faulty(new OutOfMemoryError("so it seems"), true);
    loop.add(faulty);
    addHealthy();
    assertTicks();
    assertEquals(
        List.of("tick", "told of java.lang.OutOfMemoryError: so it seems"),
        faulty.calls,
        "and rests before it is called again");
  }

  @Test
  void whoThrowsIsToldAndCalledAgain() throws Exception {
    Faulty faulty = new Faulty(new StackOverflowError(), false);
    loop.add(faulty);
    addHealthy();
    while (faulty.calls.size() < 4) {
      assertTicks();
    }
    assertEquals("tick", faulty.calls.get(2));
  }

  @Test
  void aTaskThatThrowsIsTheLastOfNothing() throws Exception {
    loop.execute(
        () -> {
          throw new NoClassDefFoundError("a bundle that was refreshed");
        });
    addHealthy();
    assertTicks();
  }
}
