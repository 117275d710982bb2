// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static istream.recorder.store.Footage.NOON;
import static istream.recorder.store.Footage.VIDEO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import istream.recorder.buffer.Arena;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.buffer.Payload;
import istream.recorder.media.Frame;
import istream.recorder.media.VideoFormat;
import istream.recorder.mp4.AssembledFragment;
import istream.recorder.mp4.Box;
import istream.recorder.mp4.FragmentAssembler;
import istream.recorder.time.RunClock;
import istream.recorder.time.WallClock;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of the files that frames become. */
class SegmentFileTest {
  private static final int USER_TYPE = 16;
  private static final int RUN = USER_TYPE + 4;
  private static final int NUMBER = RUN + 16;

  private final ChunkPool pool = new ChunkPool(64 << 20);
  private final Arena arena = new Arena(pool);
  private final MemoryArchive archive = new MemoryArchive();
  private final Storage storage = new Storage(archive, archive, archive);
  private final FootageQueue queue = new FootageQueue(() -> 64 << 20, () -> {});
  private final CameraLane lane =
      new CameraLane("front", Duration.ofSeconds(4), queue, new Throughput(() -> 0), () -> 0);
  private int fragments;

  /** A run of the recorder's: a key frame every second. */
  private void record(VideoFormat format, int fromSecond, int toSecond) {
    queue.tell(new FootageItem.RunStart(format, Optional.empty()));
    RunClock clock = new RunClock(new WallClock(Clock.fixed(NOON, ZoneOffset.UTC), () -> 0));
    FragmentAssembler run = new FragmentAssembler(Optional.empty(), clock, 54_000, this::fragment);
    for (int i = fromSecond * 25; i < toSecond * 25; i++) {
      Payload payload = arena.payload();
      payload.append(ByteBuffer.allocate(3000));
      boolean key = i % 25 == 0;
      assertTrue(run.video(new Frame(i * 3600L, 0, key, false, payload, i * 40_000_000L)));
    }
    run.flush();
    assertTrue(lane.drain(storage), lane.problem());
  }

  private void fragment(AssembledFragment fragment) {
    fragments++;
    assertTrue(fragment.unit().bytes().size() > 1, "a header and the media, to be gathered");
    assertTrue(queue.offer(new FootageItem.Footage(fragment)));
  }

  private void stop() {
    queue.close();
    assertTrue(lane.drain(storage), lane.problem());
  }

  private List<Box> boxes(SegmentKey key) {
    return Box.in(archive.files.get(key).toByteArray());
  }

  private Box identity(SegmentKey key) {
    return boxes(key).get(1).child("uuid");
  }

  private ByteBuffer initWithoutIdentity(SegmentKey key) {
    ByteBuffer file = ByteBuffer.wrap(archive.files.get(key).toByteArray());
    Box moov = boxes(key).get(1);
    Box identity = identity(key);
    int end = moov.offset() + moov.size();
    assertEquals(moov.size(), 8 + identity.offset() + identity.size(), "the identity is last");
    return file.slice(0, end - identity.size());
  }

  @Test
  void aFileIsWholeUnitsEachOfThemWrittenAtOnce() {
    record(VIDEO, 0, 12);
    stop();
    assertTrue(archive.segments.size() >= 3, "files: " + archive.starts());
    int written = 0;
    for (SegmentKey key : archive.keys()) {
      List<Unit> appended = archive.segments.get(key);
      List<String> expected = new ArrayList<>(List.of("ftyp", "moov"));
      for (int i = 1; i < appended.size() - 1; i++) {
        assertEquals(Unit.Kind.FRAGMENT, appended.get(i).kind());
        Collections.addAll(expected, "prft", "moof", "mdat");
        written++;
      }
      expected.add("mfra");
      assertEquals(expected, boxes(key).stream().map(Box::type).toList());
    }
    assertEquals(fragments, written, "one append for each fragment");
    assertEquals(0, pool.usedBytes());
  }

  @Test
  void theFilesOfARunDifferInNothingButTheirNumber() {
    record(VIDEO, 0, 16);
    stop();
    List<SegmentKey> keys = archive.keys();
    assertTrue(keys.size() >= 4, "files: " + archive.starts());
    UUID run = identity(keys.get(0)).uuid(RUN);
    for (int i = 0; i < keys.size(); i++) {
      assertEquals(initWithoutIdentity(keys.get(0)), initWithoutIdentity(keys.get(i)));
      assertEquals(run, identity(keys.get(i)).uuid(RUN));
      assertEquals(i, identity(keys.get(i)).content().getInt(NUMBER));
    }
  }

  @Test
  void decodeTimesGoOnOverTheFilesOfARun() {
    record(VIDEO, 0, 12);
    stop();
    List<Long> times =
        archive.keys().stream()
            .flatMap(key -> boxes(key).stream())
            .filter(box -> box.type().equals("moof"))
            .map(moof -> moof.child("traf").child("tfdt").content().getLong(4))
            .toList();
    List<Long> expected =
        IntStream.range(0, 12)
            .boxed()
            .flatMap(s -> List.of(s * 25, s * 25 + 15).stream())
            .map(frame -> frame * 3600L)
            .toList();
    assertEquals(expected, times);
  }

  @Test
  void otherParameterSetsMakeANewFileAndANewRun() {
    record(VIDEO, 0, 2);
    record(Footage.video("Z0LAHtkDxWhAAAADAEAAAAwDxYuS", "aM48gA=="), 2, 4);
    stop();
    List<SegmentKey> keys = archive.keys();
    assertEquals(List.of(NOON, NOON.plusSeconds(2)), archive.starts());
    assertNotEquals(identity(keys.get(0)).uuid(RUN), identity(keys.get(1)).uuid(RUN));
    assertEquals(0, identity(keys.get(1)).content().getInt(NUMBER));
    assertNotEquals(initWithoutIdentity(keys.get(0)), initWithoutIdentity(keys.get(1)));
    assertTrue(archive.ledger.isEmpty(), "nothing is missing between them");
  }
}
