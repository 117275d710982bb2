// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A segment that is being recorded. One thread appends and closes; any thread may ask the rest.
 * Once a method has thrown, the segment takes nothing more; what was appended before stays.
 */
@ProviderType
public interface OpenSegment {
  /** Its name. */
  SegmentKey key();

  /** Bytes appended so far: always a whole number of units. */
  long length();

  /**
   * Writes one unit in one gather write. Blocks as long as the disk does. Returns when the
   * operating system has the bytes; {@link #durableUntil} says when the disk has them.
   *
   * @throws FootageException if the unit was not stored; the file ends with the unit before it
   */
  Fragment append(Unit unit) throws FootageException;

  /** End of the newest frame that survives a power cut; empty if there is none yet. */
  Optional<Instant> durableUntil();

  /** Index of the fragments so far, without reading the file. */
  List<Fragment> fragments();

  /**
   * Makes everything durable and ends the segment. May be repeated.
   *
   * @throws FootageException if the disk refused; what is stored is found again by recovery
   */
  void close() throws FootageException;
}
