// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Fragment;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.OpenSegment;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every storage that recorders append to owes them. */
abstract class FootageArchiveContract {
  static final SegmentKey KEY = new SegmentKey("front", Footage.START);

  abstract FootageArchive archive();

  abstract FootageStore store();

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

  final List<Segment> list(SegmentQuery query) throws FootageException {
    try (Stream<Segment> segments = store().list(query)) {
      return segments.toList();
    }
  }

  final byte[] read(SegmentKey key) throws FootageException, IOException {
    try (SeekableByteChannel channel = store().open(key)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // until all is read
      }
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
      return bytes.array();
    }
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
  void segmentsAreListedInTheOrderOfTheirStart() throws Exception {
    List<SegmentKey> keys = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      keys.add(
          new SegmentKey(i % 2 == 0 ? "front" : "back", Footage.START.plusSeconds(i * 3_000L)));
    }
    for (int i = keys.size() - 1; i >= 0; i--) {
      closed(keys.get(i), 2);
    }
    assertEquals(keys, list(SegmentQuery.ALL).stream().map(Segment::key).toList());
    assertEquals(15, list(SegmentQuery.of("back")).size());
    // the segment that begins before the time asked for and reaches into it belongs to it
    Instant from = keys.get(4).start().plusMillis(900);
    SegmentQuery query = new SegmentQuery("", from, keys.get(7).start());
    assertEquals(keys.subList(4, 7), list(query).stream().map(Segment::key).toList());
    SegmentQuery later = new SegmentQuery("", from.plusMillis(100), keys.get(7).start());
    assertEquals(keys.subList(5, 7), list(later).stream().map(Segment::key).toList());
  }

  @Test
  void deletingFreesAndMayBeRepeatedButSparesWhatIsRecorded() throws Exception {
    closed(KEY, 2);
    SegmentKey recording = new SegmentKey("front", KEY.start().plusSeconds(60));
    OpenSegment open = archive().create(recording, Footage.init(recording.start()));
    long bytes = read(KEY).length;
    assertEquals(bytes + open.length(), store().usedBytes(""));
    assertThrows(FootageException.class, () -> store().delete(recording));
    assertEquals(bytes, store().delete(KEY));
    assertEquals(0, store().delete(KEY));
    assertEquals(open.length(), store().usedBytes("front"));
    assertEquals(0, store().usedBytes("back"));
    assertThrows(FootageException.class, () -> store().open(KEY));
    assertEquals(1, list(SegmentQuery.ALL).size());
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
