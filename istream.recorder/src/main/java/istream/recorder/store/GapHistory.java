// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Gap;
import istream.api.footage.Segment;
import istream.api.footage.SegmentQuery;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a storage knows of one camera from before this process.
 *
 * @param recordedUntil end of the newest footage stored
 * @param beyond gaps from there on, in order: each lasted when that process ended, or the footage
 *     after it is not stored any more
 * @param corrected gaps whose end was never written down, or is wrong, although footage follows
 *     them: as they should be
 */
record GapHistory(Instant recordedUntil, List<Gap> beyond, List<Gap> corrected) {
  /** Keeps copies of the lists. */
  GapHistory {
    beyond = List.copyOf(beyond);
    corrected = List.copyOf(corrected);
  }

  /** A history of which nothing but the footage is known. */
  static GapHistory unknown(Instant recordedUntil) {
    return new GapHistory(recordedUntil, List.of(), List.of());
  }

  /**
   * Reads it.
   *
   * @throws FootageException if ledger or footage cannot be read, or are not offered yet
   */
  static GapHistory read(String camera, Instant recordedUntil, Storage storage)
      throws FootageException {
    if (storage.ledger() == null || storage.store() == null) {
      throw new FootageException(
          "storage " + storage.archive().id() + " offers no ledger yet", true, null);
    }
    List<Gap> beyond = new ArrayList<>();
    List<Gap> corrected = new ArrayList<>();
    SegmentQuery later = new SegmentQuery(camera, recordedUntil, Instant.MAX);
    for (Gap gap : storage.ledger().gaps(later)) {
      if (!gap.storage().isEmpty()) {
        continue; // recorded it was; only a copy is missing
      }
      if (gap.from().isBefore(recordedUntil.minus(GapTracker.TOLERANCE))) {
        corrected.add(endedByFootage(gap, recordedUntil, storage.store()));
      } else {
        beyond.add(gap);
      }
    }
    return new GapHistory(recordedUntil, beyond, corrected);
  }

  private static Gap endedByFootage(Gap gap, Instant recordedUntil, FootageStore store)
      throws FootageException {
    Instant on = wentOn(gap, recordedUntil, store);
    Instant to = gap.to().filter(known -> known.isBefore(on)).orElse(on);
    return new Gap(gap.camera(), gap.from(), Optional.of(to), gap.cause(), gap.detail());
  }

  /** A gap ends where a segment starts; one that has footage all along has no length. */
  private static Instant wentOn(Gap gap, Instant recordedUntil, FootageStore store)
      throws FootageException {
    Instant from = gap.from();
    Instant least = from.plus(GapTracker.TOLERANCE);
    SegmentQuery after = new SegmentQuery(gap.camera(), from, recordedUntil);
    try (Stream<Segment> segments = store.list(after)) {
      return segments
          .filter(segment -> segment.end().isAfter(least))
          .map(segment -> segment.key().start())
          .findFirst()
          .filter(start -> start.isAfter(from))
          .orElse(from);
    } catch (UncheckedIOException e) {
      throw new FootageException(
          "the footage of " + gap.camera() + " cannot be listed: " + e.getCause(), true, e);
    }
  }
}
