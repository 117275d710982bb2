// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.nio.channels.SeekableByteChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A segment on a replica that is being written. Confined to the thread of its session. At every
 * moment, and wherever the link breaks, a reader there finds whole units and behind them nothing
 * that it could take for more.
 */
@ProviderType
public interface ReplicaFile extends AutoCloseable {
  /** Its name. */
  SegmentKey key();

  /**
   * Where to go on: the end of a unit. What was appended counts. It may be more than our copy has,
   * where a power cut has taken its end: then there is nothing to do.
   */
  long length();

  /**
   * Sends a unit. Returns when it is on its way; blocks while too much is.
   *
   * @param unit begins at {@link #length}
   * @param bytes our copy; read during the call only
   */
  void append(Fragment unit, SeekableByteChannel bytes) throws ReplicaException;

  /**
   * Asks that everything appended so far be made durable. Returns at once: the answers of several
   * files can be awaited together.
   */
  Receipt commit() throws ReplicaException;

  /** Lets the file go; what was not committed may be lost. Throws nothing. */
  @Override
  void close();

  /** The answer to a commit. */
  interface Receipt {
    /**
     * Waits for it.
     *
     * @return bytes that survive a power cut there (where the replica cannot tell: that it has
     *     taken)
     * @throws ReplicaException if they do not
     */
    long await() throws ReplicaException;
  }
}
