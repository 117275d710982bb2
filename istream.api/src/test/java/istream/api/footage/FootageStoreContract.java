// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every storage owes those who look at footage or delete it. */
public abstract class FootageStoreContract {
  private static final Instant BEGIN = Instant.parse("2026-03-01T10:59:58.500Z");
  private static final SegmentKey FIRST = new SegmentKey("front", BEGIN);

  /** The store under test. */
  protected abstract FootageStore store();

  /** Has a closed segment of so many fragments of half a second stored. */
  protected abstract void put(SegmentKey key, int fragments) throws Exception;

  /** Has a segment stored that stays open until the result is closed; it has a fragment. */
  protected abstract AutoCloseable recording(SegmentKey key) throws Exception;

  /** Bytes of a camera, or of all if it is empty, once they are counted. */
  protected long used(String camera) throws Exception {
    return store().usedBytes(camera);
  }

  /** Segments that a query finds. */
  protected final List<Segment> list(SegmentQuery query) throws FootageException {
    try (Stream<Segment> segments = store().list(query)) {
      return segments.toList();
    }
  }

  /** All bytes of a segment. */
  protected final byte[] read(SegmentKey key) throws FootageException, IOException {
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
  void segmentsAreListedInTheOrderOfTheirStart() throws Exception {
    List<SegmentKey> keys = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      keys.add(new SegmentKey(i % 2 == 0 ? "front" : "back", BEGIN.plusSeconds(i * 3_000L)));
    }
    for (int i = keys.size() - 1; i >= 0; i--) {
      put(keys.get(i), 2);
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
  void readingCanBeginAnywhere() throws Exception {
    put(FIRST, 200);
    byte[] all = read(FIRST);
    assertEquals(list(SegmentQuery.ALL).get(0).bytes(), all.length);
    try (SeekableByteChannel channel = store().open(FIRST)) {
      for (int at : new int[] {all.length / 2, 3, all.length - 1, 0}) {
        ByteBuffer one = ByteBuffer.allocate(1);
        assertEquals(1, channel.position(at).read(one));
        assertEquals(all[at], one.get(0));
        assertEquals(at + 1L, channel.position());
      }
    }
  }

  @Test
  void deletingFreesAndMayBeRepeatedButSparesWhatIsOpen() throws Exception {
    put(FIRST, 2);
    SegmentKey open = new SegmentKey("front", BEGIN.plusSeconds(60));
    try (AutoCloseable recording = recording(open)) {
      assertTrue(list(SegmentQuery.ALL).get(1).open(), recording::toString);
      long bytes = read(FIRST).length;
      long rest = read(open).length;
      assertEquals(bytes + rest, used(""));
      assertThrows(FootageException.class, () -> store().delete(open));
      assertEquals(bytes, store().delete(FIRST));
      assertEquals(0, store().delete(FIRST));
      assertEquals(rest, used("front"));
      assertEquals(0, used("back"));
      assertThrows(FootageException.class, () -> store().open(FIRST));
      assertEquals(1, list(SegmentQuery.ALL).size());
    }
    assertFalse(list(SegmentQuery.ALL).get(0).open());
  }
}
