// SPDX-License-Identifier: Apache-2.0
package istream.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives damaged input to a reader: some thousand times the same by default, and with the system
 * property {@code istream.fuzz.seconds} for that long what was never tried before. Whoever fails is
 * told the property that begins with the same input again.
 */
public final class Fuzzing {
  private static final String SECONDS = "istream.fuzz.seconds";
  private static final String SEED = "istream.fuzz.seed";
  private static final int USUAL = 5000;
  private static final int AT_ONCE = 200;
  private static final Duration HANGS = Duration.ofSeconds(60);
  private static final long MOST_ALLOCATED_BYTES = 64L << 20;
  private static final int MOST_SHOWN = 2000;

  /** Reads what it is given. */
  public interface Reader {
    /**
     * Reads, and looks at all that it has read.
     *
     * @throws Exception never, if the reader keeps its word
     */
    void read(byte[] damaged) throws Exception;
  }

  private final List<byte[]> good;
  private final List<String> words;
  private final Reader reader;
  private final long first;
  private final AtomicLong seed;
  private volatile byte[] input = new byte[0];

  private Fuzzing(List<byte[]> good, List<String> words, Reader reader, long first) {
    this.good = good;
    this.words = words;
    this.reader = reader;
    this.first = first;
    seed = new AtomicLong(first);
  }

  /**
   * Tries a reader: it neither throws nor hangs nor takes memory without bound.
   *
   * @param good texts that it reads, a byte for each character
   * @param words that mean something to it
   */
  public static void tryOut(List<String> good, List<String> words, Reader reader) {
    int seconds = Integer.getInteger(SECONDS, 0);
    long first = Long.getLong(SEED, seconds > 0 ? System.nanoTime() : 1);
    List<byte[]> bytes =
        good.stream().map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList();
    new Fuzzing(bytes, words, reader, first).run(seconds);
  }

  private void run(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (seed.get() - first < USUAL || System.nanoTime() - end < 0) {
      assertTimeoutPreemptively(HANGS, this::some, () -> "it hangs; " + culprit());
    }
    if (seconds > 0) {
      System.out.println(
          "fuzz: " + (seed.get() - first) + " damaged inputs, the first of seed " + first);
    }
  }

  private void some() {
    for (int i = 0; i < AT_ONCE; i++) {
      input = new Damage(new SplittableRandom(seed.get()), good, words).next();
      long before = allocatedBytes();
      try {
        reader.read(input);
      } catch (Throwable e) {
        throw new AssertionError(culprit(), e);
      }
      long allocated = allocatedBytes() - before;
      assertTrue(
          allocated < MOST_ALLOCATED_BYTES, () -> allocated + " bytes of memory; " + culprit());
      seed.incrementAndGet();
    }
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private String culprit() {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    return "again with -D%s=%d: %d bytes%n%s".formatted(SEED, seed.get(), input.length, shown);
  }
}
