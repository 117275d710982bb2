// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an archive accounts for the time without footage; it lies beside the footage. A service
 * with the property {@link FootageStore#STORAGE_ID}. Any thread may call; may block as the disk
 * does.
 */
@ProviderType
public interface GapLedger {
  /**
   * Writes a gap down. One with the same camera, storage and {@code from} as an earlier one
   * replaces it: so a gap is noted when it begins, and again when it ends.
   *
   * @throws FootageException if it could not be written; to be tried again
   */
  void record(Gap gap) throws FootageException;

  /**
   * Gaps that overlap the query's time, in the order of their beginning, each once.
   *
   * @throws FootageException if they cannot be read
   */
  List<Gap> gaps(SegmentQuery query) throws FootageException;
}
