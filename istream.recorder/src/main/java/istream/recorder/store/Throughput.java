// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** Bytes and frames per second over the last ten seconds. Thread-safe. */
public final class Throughput {
  private static final int SLOTS = 10;

  private final LongSupplier nanos;
  private final long[] second = new long[SLOTS];
  private final long[] bytes = new long[SLOTS];
  private final long[] frames = new long[SLOTS];
  private final long begin;

  /** Counts from now on. */
  public Throughput(LongSupplier nanos) {
    this.nanos = nanos;
    begin = now();
    Arrays.fill(second, Long.MIN_VALUE);
  }

  private long now() {
    return Math.floorDiv(nanos.getAsLong(), 1_000_000_000L);
  }

  synchronized void stored(long newBytes, int newFrames) {
    long now = now();
    int slot = (int) Math.floorMod(now, (long) SLOTS);
    if (second[slot] != now) {
      second[slot] = now;
      bytes[slot] = 0;
      frames[slot] = 0;
    }
    bytes[slot] += newBytes;
    frames[slot] += newFrames;
  }

  /** Bits stored per second. */
  public synchronized long bitsPerSecond() {
    return Math.round(perSecond(bytes) * 8);
  }

  /** Frames stored per second. */
  public synchronized double framesPerSecond() {
    return Math.round(perSecond(frames) * 10) / 10.0;
  }

  private double perSecond(long[] counts) {
    long now = now();
    long sum = 0;
    for (int i = 0; i < SLOTS; i++) {
      if (second[i] < now && second[i] > now - SLOTS) {
        sum += counts[i];
      }
    }
    long span = Math.min(SLOTS - 1, now - begin);
    return span < 1 ? 0 : (double) sum / span;
  }
}
