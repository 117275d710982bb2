// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.buffer.Arena;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.buffer.Payload;
import istream.recorder.media.Frame;
import istream.recorder.media.VideoFormat;
import istream.recorder.store.FootageQueue;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunBuilderTest {
  private static final int MEGABYTE = 1 << 20;
  private static final long SECOND = 1_000_000_000L;

  private final ChunkPool pool = new ChunkPool(8 * MEGABYTE);
  private final Arena arena = new Arena(pool);
  private final MemoryShare share = new MemoryShare(MEGABYTE);
  private final Wall wall = new Wall();
  private final Equipment equipment =
      new Equipment(null, null, pool, share, null, wall, wall::nanos);
  private final FootageQueue queue = new FootageQueue(equipment::mostBytes, () -> {});
  private final RunBuilder runs = new RunBuilder(0, -1, equipment, queue, () -> "");

  private static final class Wall extends Clock {
    private long nanos = SECOND;
    private long aheadSeconds;

    long nanos() {
      return nanos;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(1_800_000_000 + aheadSeconds, nanos);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void begin() {
    runs.format(
        0,
        new VideoFormat(
            VideoFormat.Codec.H264,
            Stream.of("Z0LAHtkDxWhAAAADAEAAAAwDxYuS", "aMuMsg==")
                .map(text -> ByteBuffer.wrap(Base64.getDecoder().decode(text)).asReadOnlyBuffer())
                .toList(),
            640,
            480));
  }

  private void frame(double second, boolean key, int bytes) {
    Payload payload = arena.payload();
    payload.append(ByteBuffer.allocate(bytes));
    assertFalse(payload.failed(), "there is memory at " + second);
    long ticks = Math.round(second * 90_000);
    runs.frame(0, new Frame(ticks, 0, key, false, payload, wall.nanos));
  }

  private void play(double from, double to) {
    for (double second = from; second < to; second += 0.04) {
      wall.nanos += SECOND / 25;
      frame(second, false, 1000);
      runs.tick(wall.nanos);
    }
  }

  @Test
  void aCameraThatDeliversMoreThanItsShareAtOnceLeavesMemoryToTheOthers() {
    begin();
    for (int i = 0; i < 400; i++) {
      frame(i * 0.04, i % 25 == 0, 100_000);
      assertTrue(pool.usedBytes() <= 5 * MEGABYTE, pool.usedBytes() + " bytes after " + i);
    }
    assertTrue(pool.usedBytes() <= 5 * MEGABYTE);
  }

  @Test
  void aBurstOfThePastLosesNothingWhileThereIsMemory() {
    begin();
    for (int i = 0; i < 250; i++) {
      frame(i * 0.04, i % 25 == 0, 8000);
    }
    play(10, 11);
    assertTrue(queue.bytes() >= 250 * 8000, "more than a share of one megabyte: " + queue.bytes());
  }

  @Test
  void aCameraWhoseClockJumpsAllTheTimeIsGivenUp() {
    begin();
    for (int i = 0; i < 60; i++) {
      frame(i * 100, true, 1000);
    }
    assertFalse(runs.restless());
    frame(6000, true, 1000);
    assertTrue(runs.restless());
  }

  @Test
  void aClockThatIsSetBetweenRunsBreaksNone() {
    runs.tick(wall.nanos);
    wall.aheadSeconds = 3600;
    begin();
    frame(0, true, 1000);
    play(0.04, 1.5);
    long first = queue.bytes();
    assertTrue(first > 0, "fragments are made");
    play(1.5, 4);
    assertTrue(queue.bytes() > first, "the run goes on without another key frame");
  }
}
