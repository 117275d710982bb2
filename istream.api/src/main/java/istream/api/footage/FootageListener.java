// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told what becomes of footage on an archive: a service that archives look for. Called by the
 * archive's own threads, in order for each segment and kind of event; must return at once.
 */
@ConsumerType
public interface FootageListener {
  /** A unit was written: it survives the end of the process, not yet a power cut. */
  default void written(String storage, SegmentKey key, Fragment fragment) {}

  /** A unit survives a power cut from now on (or, without syncs, has been written). */
  void durable(String storage, SegmentKey key, Fragment fragment);

  /** A segment is complete: nothing will be appended to it. */
  void closed(String storage, SegmentKey key, long bytes);

  /** A segment is gone. */
  void deleted(String storage, SegmentKey key);
}
