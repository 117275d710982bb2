// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.FootageStoreContract;
import istream.api.footage.Fragment;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.OpenSegment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every storage that recorders append to owes them. */
abstract class FootageArchiveContract extends FootageStoreContract {
  static final SegmentKey KEY = new SegmentKey("front", Footage.START);

  abstract FootageArchive archive();

  abstract GapLedger ledger();

  /** A closed segment of so many fragments. */
  final void closed(SegmentKey key, int fragments) throws FootageException {
    OpenSegment segment = archive().create(key, Footage.init(key.start()));
    Fragment last = null;
    for (int i = 0; i < fragments; i++) {
      last = segment.append(Footage.fragment(key.start(), i));
    }
    segment.append(Footage.tail(last.end(), last.offset() + 32));
    segment.close();
  }

  @Override
  protected final void put(SegmentKey key, int fragments) throws FootageException {
    closed(key, fragments);
  }

  @Override
  protected final AutoCloseable recording(SegmentKey key) throws FootageException {
    OpenSegment segment = archive().create(key, Footage.init(key.start()));
    segment.append(Footage.fragment(key.start(), 0));
    return segment::close;
  }

  @Test
  void aGrowingSegmentCanBeSeenAndRead() throws Exception {
    Unit init = Footage.init(KEY.start());
    int size = (int) init.remaining();
    OpenSegment segment = archive().create(KEY, init);
    Fragment first = segment.append(Footage.fragment(KEY.start(), 0));
    Fragment second = segment.append(Footage.fragment(KEY.start(), 1));

    assertEquals(size, first.offset());
    assertEquals(first.offset() + first.length(), second.offset());
    assertEquals(second.offset() + second.length(), segment.length());
    assertEquals(
        List.of(Unit.Kind.INIT, Unit.Kind.FRAGMENT, Unit.Kind.FRAGMENT),
        segment.fragments().stream().map(Fragment::kind).toList());
    assertEquals(segment.length(), read(KEY).length);
    Segment seen = list(SegmentQuery.ALL).get(0);
    assertTrue(seen.open());
    assertEquals(Footage.LENGTH.multipliedBy(2), seen.duration());
    assertEquals(segment.length(), seen.bytes());
    assertEquals(Optional.of(second.end()), archive().recordedUntil("front"));
  }

  @Test
  void aClosedSegmentIsDurableAndAsLongAsItsFrames() throws Exception {
    closed(KEY, 5);
    Segment seen = list(SegmentQuery.of("front")).get(0);
    assertFalse(seen.open());
    assertEquals(Duration.ofMillis(2_500), seen.duration());
    assertEquals(Optional.of(seen.end()), archive().recordedUntil("front"));
    assertEquals(Optional.empty(), archive().recordedUntil("back"));
    assertEquals(seen.bytes(), read(KEY).length);
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    closed(KEY, 1);
    FootageException refused =
        assertThrows(
            FootageException.class, () -> archive().create(KEY, Footage.init(KEY.start())));
    assertFalse(refused.retryable());
    assertTrue(refused.getMessage().contains(KEY.fileName()), refused.getMessage());
  }

  @Test
  void aClosedSegmentTakesNothingMore() throws Exception {
    OpenSegment segment = archive().create(KEY, Footage.init(KEY.start()));
    segment.append(Footage.fragment(KEY.start(), 0));
    segment.close();
    segment.close();
    assertEquals(Optional.of(KEY.start().plus(Footage.LENGTH)), segment.durableUntil());
    assertThrows(FootageException.class, () -> segment.append(Footage.fragment(KEY.start(), 1)));
  }

  @Test
  void whatAReplicaLacksStandsBesideWhatNobodyHas() throws Exception {
    Instant from = Footage.START;
    Optional<Instant> to = Optional.of(from.plusSeconds(9));
    Gap nowhere = new Gap("front", from, to, GapCause.CAMERA, "");
    Gap attic = new Gap("front", from, to, GapCause.NETWORK, "no room", "attic");
    Gap cellar = new Gap("front", from, Optional.empty(), GapCause.OPERATOR, "too old", "cellar");
    ledger().record(cellar);
    ledger().record(attic);
    ledger().record(nowhere);
    assertEquals(List.of(nowhere, attic, cellar), ledger().gaps(SegmentQuery.ALL));
    Gap longer =
        new Gap(
            "front", from, Optional.of(from.plusSeconds(69)), GapCause.NETWORK, "no room", "attic");
    ledger().record(longer);
    assertEquals(List.of(nowhere, longer, cellar), ledger().gaps(SegmentQuery.ALL));
  }

  @Test
  void aGapIsReplacedWhenItEnds() throws Exception {
    Instant from = Footage.START;
    ledger().record(new Gap("front", from, Optional.empty(), GapCause.NETWORK, "gone"));
    Gap ended =
        new Gap(
            "front", from, Optional.of(from.plusSeconds(9)), GapCause.CAMERA, "\"a\\b\"\n\u00e9");
    Gap other = new Gap("back", from.plusSeconds(1), Optional.empty(), GapCause.OPERATOR, "");
    ledger().record(other);
    ledger().record(ended);
    assertEquals(List.of(ended, other), ledger().gaps(SegmentQuery.ALL));
    SegmentQuery after = new SegmentQuery("", from.plusSeconds(9), Instant.MAX);
    assertEquals(List.of(other), ledger().gaps(after));
    SegmentQuery monthLater = new SegmentQuery("back", from.plusSeconds(2_600_000), Instant.MAX);
    assertEquals(List.of(other), ledger().gaps(monthLater), "a gap may last for days");
  }
}
