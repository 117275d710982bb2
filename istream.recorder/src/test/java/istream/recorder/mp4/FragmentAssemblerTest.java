// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Unit;
import istream.recorder.buffer.Arena;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.buffer.Payload;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.Frame;
import istream.recorder.time.RunClock;
import istream.recorder.time.WallClock;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where fragments begin and end, and what happens to timestamps that cannot be true. */
class FragmentAssemblerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final AudioFormat AUDIO =
      new AudioFormat(AudioFormat.Codec.PCMU, 8000, 1, ByteBuffer.allocate(0));

  private final ChunkPool pool = new ChunkPool(64 << 20);
  private final Arena arena = new Arena(pool);
  private final List<AssembledFragment> fragments = new ArrayList<>();
  private final FragmentAssembler assembler =
      new FragmentAssembler(
          Optional.of(AUDIO),
          new RunClock(new WallClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0)),
          90_000,
          fragments::add);

  private boolean video(long ticks, boolean key) {
    return video(ticks, ticks, key);
  }

  private boolean video(long ticks, long arrivalTicks, boolean key) {
    Frame frame = new Frame(1000 + ticks, 0, key, false, payload(100), nanos(arrivalTicks));
    boolean taken = assembler.video(frame);
    if (!taken) {
      frame.data().release();
    }
    return taken;
  }

  /** Twenty milliseconds of sound at an instant in ticks of 1/90000 s. */
  private void audio(long ticks, long arrivalTicks) {
    assembler.audio(new Frame(ticks * 8 / 90, 160, true, false, payload(160), nanos(arrivalTicks)));
  }

  private static long nanos(long ticks) {
    return ticks * 100_000 / 9;
  }

  private Payload payload(int size) {
    Payload payload = arena.payload();
    payload.append(ByteBuffer.allocate(size));
    return payload;
  }

  private List<Integer> frames() {
    return fragments.stream().map(AssembledFragment::frames).toList();
  }

  private List<Long> decodeTimes() {
    return fragments.stream().map(fragment -> fragment.unit().decodeTime()).toList();
  }

  @Test
  void cutsAtEveryKeyFrameAndAfterOneSecond() {
    for (int i = 0; i < 80; i++) {
      video(i * 3600L, i % 40 == 0);
    }
    assembler.flush();
    assertEquals(List.of(25, 15, 25, 15), frames());
    assertEquals(
        List.of(true, false, true, false),
        fragments.stream().map(fragment -> fragment.unit().key()).toList());
    assertEquals(List.of(0L, 90_000L, 144_000L, 234_000L), decodeTimes());
    assertEquals(Duration.ofSeconds(1), fragments.get(0).unit().duration());
  }

  @Test
  void tellsWhereLostPacketsLeftAHole() {
    for (int i = 0; i < 50; i++) {
      boolean behind = i == 15 || i == 31;
      if (i < 5 || (i >= 15 && i != 30)) {
        assembler.video(
            new Frame(i * 3600L, 0, i % 25 == 0, behind, payload(1000), nanos(i * 3600L)));
      }
    }
    assembler.flush();
    List<AssembledFragment.Hole> holes =
        fragments.stream().flatMap(fragment -> fragment.holes().stream()).toList();
    assertEquals(1, holes.size(), "one frame less is no hole: " + holes);
    Instant start = fragments.get(0).unit().start();
    assertEquals(200, Duration.between(start, holes.get(0).from()).toMillis());
    assertEquals(600, Duration.between(start, holes.get(0).to()).toMillis());
  }

  @Test
  void noFragmentLastsLongerThanASecondUnlessItIsOneFrame() {
    Random random = new Random(3);
    long time = 0;
    for (int i = 0; i < 500; i++) {
      video(time, i % 30 == 0);
      time += i % 100 == 50 ? 89_999 : 1000 + random.nextInt(20_000);
    }
    assembler.flush();
    for (AssembledFragment fragment : fragments) {
      assertTrue(
          fragment.unit().duration().compareTo(Duration.ofSeconds(1)) <= 0
              || fragment.frames() == 1,
          fragment.unit() + " of " + fragment.frames());
    }
  }

  @Test
  void slowCameraHasOneFragmentPerFrame() {
    for (int i = 0; i < 6; i++) {
      assertTrue(video(i * 180_000L, i == 0));
    }
    assembler.flush();
    assertEquals(List.of(1, 1, 1, 1, 1, 1), frames());
    assertEquals(Duration.ofSeconds(2), fragments.get(3).unit().duration());
  }

  @Test
  void consecutiveFragmentsMeetInTime() {
    for (int i = 0; i < 200; i++) {
      video(i * 3600L, i * 3600L + i % 7 * 900L, i % 50 == 0);
    }
    assembler.flush();
    for (int i = 1; i < fragments.size(); i++) {
      Duration between =
          Duration.between(fragments.get(i - 1).unit().end(), fragments.get(i).unit().start());
      assertTrue(between.abs().toMillis() <= 2, "apart by " + between);
    }
  }

  @Test
  void cutsReorderedFramesOnlyWhereNoneIsPresentedEarlier() {
    for (int i = 0; i < 120; i++) {
      int shown = i == 0 ? 0 : (i - 1) / 3 * 3 + List.of(3, 1, 2).get((i - 1) % 3);
      video(shown * 3600L, i * 3600L, i == 0);
    }
    assembler.flush();
    assertTrue(fragments.size() >= 4);
    long end = 0;
    for (AssembledFragment fragment : fragments) {
      assertEquals(end, fragment.unit().decodeTime());
      end += fragment.unit().duration().toNanos() * 9 / 100_000;
    }
  }

  @Test
  void repeatedAndBackwardTimesStillAdvance() {
    long[] times = {0, 3600, 3600, 3600, 7200, 5000, 10_800, 90_000, 20_000, 93_600, 180_000};
    for (long time : times) {
      assertTrue(video(time, time == 0 || time == 20_000));
    }
    assembler.flush();
    assertEquals(times.length, frames().stream().mapToInt(Integer::intValue).sum());
    List<Long> decode = decodeTimes();
    for (int i = 1; i < decode.size(); i++) {
      assertTrue(decode.get(i) > decode.get(i - 1), decode.toString());
    }
  }

  @Test
  void standingTimestampsStillMakeFragments() {
    for (int i = 0; i < 500; i++) {
      video(0, i * 3600L, i == 0);
    }
    assertTrue(fragments.size() > 5, "frames are hoarded");
    assembler.discard();
  }

  @Test
  void jumpEndsTheRunAndLeavesTheFrameToTheCaller() {
    for (int i = 0; i < 30; i++) {
      assertTrue(video(i * 3600L, i == 0));
    }
    assertFalse(video(29 * 3600L + 95_000, true));
    assertFalse(video(-400_000, true));
    assembler.flush();
    assertEquals(30, frames().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void beginsWithKeyFrame() {
    video(0, false);
    video(3600, false);
    video(7200, true);
    video(10_800, false);
    assembler.flush();
    assertEquals(List.of(2), frames());
    assertEquals(0, fragments.get(0).unit().decodeTime());
    assertEquals(2, assembler.droppedVideo());
  }

  @Test
  void holdsTheFirstFragmentsUntilTheStartIsSettled() {
    for (int i = 0; i < 75; i++) {
      video(i * 3600L, 270_000 + i, i % 25 == 0); // three seconds at once
    }
    assertTrue(fragments.isEmpty());
    video(75 * 3600L, 330_000, true);
    assertEquals(List.of(25, 25, 25), frames());
    Instant start = fragments.get(0).unit().start();
    assertEquals(0, Duration.between(NOW.plusNanos(nanos(270_074 - 74 * 3600)), start).toMillis());
    assembler.discard();
  }

  @Test
  void idleHandsOutWhatIsSafe() {
    for (int i = 0; i < 20; i++) {
      video(i * 3600L, i == 0);
    }
    assembler.idle(nanos(200_000));
    assertEquals(List.of(20), frames());
    video(20 * 3600L, 200_000, false);
    assembler.flush();
    assertEquals(List.of(20, 1), frames());
  }

  @Test
  void soundWithoutPicturesMakesNoFragmentAndIsBounded() {
    for (int i = 0; i < 25; i++) {
      video(i * 3600L, i == 0);
      audio(i * 3600L, i * 3600L);
      audio(i * 3600L + 1800, i * 3600L + 1800);
    }
    for (long time = 90_000; time < 20 * 90_000; time += 1800) {
      audio(time, time);
    }
    assertTrue(fragments.size() <= 1);
    assertTrue(
        assembler.pendingBytes() < 3 * 8000 + 2500 + 8000, "held " + assembler.pendingBytes());
    assertTrue(assembler.droppedAudio() > 700, "dropped " + assembler.droppedAudio());
    assembler.flush();
  }

  @Test
  void memoryIsGivenBack() {
    for (int i = 0; i < 60; i++) {
      audio(i * 3600L, i * 3600L);
      video(i * 3600L, i % 20 == 0);
    }
    assembler.discard();
    fragments.forEach(AssembledFragment::release);
    assertEquals(0, assembler.pendingBytes());
    assertEquals(0, pool.usedBytes());
  }

  @Test
  void fragmentBeginsWithItsWallClock() {
    for (int i = 0; i < 30; i++) {
      video(i * 3600L, 90_000 + i * 3600L, i == 0);
    }
    assembler.flush();
    Unit unit = fragments.get(1).unit();
    ByteBuffer prft = ByteBuffer.wrap(Recording.copy(unit.bytes()));
    assertEquals(NOW.plusSeconds(2), unit.start());
    assertEquals(32, prft.getInt());
    assertEquals(0x70726674, prft.getInt());
    assertEquals(0x01000018, prft.getInt());
    assertEquals(1, prft.getInt());
    assertEquals(NOW.getEpochSecond() + 2 + 2_208_988_800L, Integer.toUnsignedLong(prft.getInt()));
    assertEquals(0, prft.getInt());
    assertEquals(90_000, prft.getLong());
  }

  @Test
  void fragmentSaysItsSize() {
    video(0, true);
    video(3600, false);
    assembler.flush();
    AssembledFragment only = fragments.get(0);
    assertEquals(only.bytes(), Recording.copy(only.unit().bytes()).length);
    assertTrue(only.bytes() > 200);
  }
}
