// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.buffer.ChunkPool;
import istream.recorder.store.ArchiveLanes;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What all cameras share.
 *
 * @param loop the network thread
 * @param lanes the storages and their disk threads
 * @param pool memory between network and disk
 * @param share divides that memory among the cameras
 * @param addresses resolves addresses without holding up the network thread
 * @param clock the wall clock
 * @param nanos the monotonic clock
 */
public record Equipment(
    NetworkLoop loop,
    ArchiveLanes lanes,
    ChunkPool pool,
    MemoryShare share,
    AddressBook addresses,
    Clock clock,
    LongSupplier nanos) {
  /** A camera that delivers its past at once needs that much; the disk takes it in no time. */
  private static final long BURST_BYTES = 16L << 20;

  /** What one camera may hold now: its share, and more than that while there is plenty. */
  long mostBytes() {
    long fair = share.perCamera();
    return pool.crowded() ? fair : Math.max(fair, BURST_BYTES);
  }
}
