// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** Divides the memory between network and disks evenly among the cameras there are. */
public final class MemoryShare {
  private final long bytes;
  private final AtomicInteger cameras = new AtomicInteger();

  /**
   * Makes a share for nobody yet.
   *
   * @param bytes for all cameras together
   */
  public MemoryShare(long bytes) {
    this.bytes = bytes;
  }

  void join() {
    cameras.incrementAndGet();
  }

  void leave() {
    cameras.decrementAndGet();
  }

  /** What one camera may hold. */
  long perCamera() {
    return bytes / Math.max(1, cameras.get());
  }
}
