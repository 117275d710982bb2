// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A storage that recorders append to. A service with the property {@link FootageStore#STORAGE_ID}.
 * Recorders call it from their disk thread; every method may block as long as the disk does.
 */
@ProviderType
public interface FootageArchive {
  /** The storage's id. */
  String id();

  /**
   * Makes a new segment and writes its init.
   *
   * @throws FootageException if there is one of that name, the storage is full, or cannot be
   *     written
   */
  OpenSegment create(SegmentKey key, Unit init) throws FootageException;

  /**
   * Goes on with a segment that a recorder of this process has appended to through an archive that
   * went away, cut to {@code length} if it is longer.
   *
   * @param length bytes of the whole units known to be stored
   * @throws FootageException if it is shorter, gone, or cannot be written
   */
  OpenSegment reopen(SegmentKey key, long length) throws FootageException;

  /**
   * End of the newest frame stored of a camera; empty if there is no footage of it.
   *
   * @throws FootageException if that cannot be read
   */
  Optional<Instant> recordedUntil(String camera) throws FootageException;

  /**
   * Whether somebody asked to end an open segment at the next key frame, by {@link
   * FootageSource#cut}. Never blocks.
   */
  boolean cutAsked(SegmentKey key);
}
