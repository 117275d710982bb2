// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.nio.channels.SeekableByteChannel;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A place where footage lies. A service with the property {@value #STORAGE_ID}. Any thread may
 * call; everything but {@link #status} may block as long as the disk or the network does.
 */
@ProviderType
public interface FootageStore {
  /** Service property: the storage's id. */
  String STORAGE_ID = "storage.id";

  /** How it is. Never blocks: figures may be some seconds old. */
  StoreStatus status();

  /**
   * Segments in the order of their start, read as the stream is consumed, so that the first few
   * cost nothing of the rest. To be closed.
   *
   * @throws FootageException if the storage cannot be read: never mistaken for "no footage"
   */
  Stream<Segment> list(SegmentQuery query) throws FootageException;

  /**
   * Opens a segment for reading; an open one ends at its last whole unit so far.
   *
   * @throws FootageException if there is none of that name
   */
  SeekableByteChannel open(SegmentKey key) throws FootageException;

  /**
   * Deletes a segment. Repeating it is harmless.
   *
   * @return the bytes freed; 0 if there was none of that name
   * @throws FootageException if it is open, or cannot be deleted
   */
  long delete(SegmentKey key) throws FootageException;

  /**
   * Bytes of all segments, or of one camera's.
   *
   * @param camera an id, or empty for all
   * @throws FootageException if they are not counted yet, or cannot be read
   */
  long usedBytes(String camera) throws FootageException;
}
