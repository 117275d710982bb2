// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A storage as one who copies it sees it: names and sizes, without opening a file. A service with
 * the property {@link FootageStore#STORAGE_ID}. Any thread; may block as long as the disk does.
 */
@ProviderType
public interface FootageSource {
  /**
   * Cameras with footage, by name.
   *
   * @throws FootageException if the storage cannot be read
   */
  List<String> cameras() throws FootageException;

  /**
   * Beginnings of the hours (UTC) with footage of a camera, oldest first.
   *
   * @throws FootageException if the storage cannot be read
   */
  List<Instant> hours(String camera) throws FootageException;

  /**
   * Segments that begin in an hour, oldest first.
   *
   * @throws FootageException if the storage cannot be read
   */
  List<Extent> hour(String camera, Instant hour) throws FootageException;

  /**
   * Index of a segment's units so far, the init first.
   *
   * @throws FootageException if there is none of that name, or it cannot be read
   */
  List<Fragment> units(SegmentKey key) throws FootageException;

  /**
   * Opens a segment for reading; what is appended later can be read, too.
   *
   * @throws FootageException if there is none of that name
   */
  SeekableByteChannel open(SegmentKey key) throws FootageException;

  /**
   * Asks whoever records a segment to end it at the next key frame. Returns at once; nothing
   * happens if it is not being recorded.
   */
  void cut(SegmentKey key);

  /**
   * A segment's name and size.
   *
   * @param bytes so far, of whole units
   * @param open whether it may still grow
   */
  record Extent(SegmentKey key, long bytes, boolean open) {}
}
