// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection to a replica. Confined to one thread but for {@link #close}, which any thread may
 * call to break it off. Once a method has thrown the kind {@code LINK}, it is of no more use.
 */
@ProviderType
public interface ReplicaSession extends AutoCloseable {
  /** What this replica lets us do, as it was tried. */
  Capabilities capabilities();

  /**
   * Bytes that lie there of each of the given segments; those that are not there are left out.
   *
   * @param keys of one camera and one hour
   */
  Map<SegmentKey, Long> sizes(List<SegmentKey> keys) throws ReplicaException;

  /**
   * Opens a segment to go on with it, or makes it. What lies there must be a beginning of ours;
   * what is not is set aside under another name and reported, never appended to nor overwritten.
   *
   * @param units index of our copy, the init first, without holes
   * @param bytes our copy; read during the call only
   * @throws ReplicaException of the kind {@code FOREIGN} if what lies there is not ours and cannot
   *     be set aside
   */
  ReplicaFile open(SegmentKey key, List<Fragment> units, SeekableByteChannel bytes)
      throws ReplicaException;

  /**
   * Asks for a sign of life, and waits for it for some 4 s at most.
   *
   * @throws ReplicaException if there is none
   */
  void ping() throws ReplicaException;

  /** Ends the connection, and what is under way on it. Never blocks for long; may be repeated. */
  @Override
  void close();
}
