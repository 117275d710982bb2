// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bytes of a fragment owe to readers that know the design note alone. */
class FragmentLayoutTest {
  /** As long as the recorder makes them: less than the second that may be lost. */
  private static final long FRAGMENT_TICKS = 54_000;

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final AudioFormat AUDIO =
      new AudioFormat(AudioFormat.Codec.PCMU, 8000, 1, ByteBuffer.allocate(0));
  private static final int DEFAULT_BASE_IS_MOOF = 0x020000;
  private static final int BASE_DATA_OFFSET = 0x1;

  private final Random random = new Random(5);
  private final ChunkPool pool = new ChunkPool(64 << 20);
  private final List<Unit> units = new ArrayList<>();
  private final List<ReadFragment> fragments = new ArrayList<>();
  private final FragmentAssembler assembler =
      new FragmentAssembler(
          Optional.of(AUDIO),
          new RunClock(new WallClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0)),
          FRAGMENT_TICKS,
          this::take);

  private void take(AssembledFragment fragment) {
    units.add(fragment.unit());
    fragments.add(new ReadFragment(Recording.copy(fragment.unit().bytes())));
    fragment.release();
  }

  private void video(long ticks, boolean key, byte[] sample) {
    assertTrue(assembler.video(new Frame(ticks, 0, key, false, payload(sample), nanos(ticks))));
  }

  private void audio(long ticks, byte[] sample) {
    assembler.audio(new Frame(ticks * 8 / 90, 160, true, false, payload(sample), nanos(ticks)));
  }

  private static long nanos(long ticks) {
    return ticks * 100_000 / 9;
  }

  private Payload payload(byte[] sample) {
    Payload payload = new Arena(pool).payload();
    payload.append(ByteBuffer.wrap(sample));
    return payload;
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Two seconds of picture and sound. */
  private void record() {
    for (int i = 0; i < 50; i++) {
      video(i * 3600L, i % 25 == 0, noise(100 + i));
      audio(i * 3600L, noise(160));
      audio(i * 3600L + 1800, noise(160));
    }
    assembler.flush();
    assertTrue(fragments.size() >= 4, "fragments: " + fragments.size());
  }

  @Test
  void aFragmentIsAClockAHeaderAndItsMediaAndNothingElse() {
    record();
    for (ReadFragment fragment : fragments) {
      assertEquals(
          List.of("prft", "moof", "mdat"), fragment.boxes.stream().map(Box::type).toList());
    }
  }

  @Test
  void offsetsCountFromTheHeaderAndLeadToTheMedia() {
    record();
    for (ReadFragment fragment : fragments) {
      Box moof = fragment.boxes.get(1);
      int media = moof.size() + 8;
      for (Box track : fragment.tracks()) {
        int flags = track.child("tfhd").flags();
        assertNotEquals(0, flags & DEFAULT_BASE_IS_MOOF);
        assertEquals(0, flags & BASE_DATA_OFFSET, "an offset from the file's beginning");
        assertEquals(media, fragment.dataOffset(track), "tracks follow each other in the mdat");
        media += fragment.samples(track).stream().mapToInt(sample -> sample.length).sum();
      }
      assertEquals(2, fragment.tracks().size());
      assertEquals(moof.size() + fragment.boxes.get(2).size(), media, "all of the mdat is used");
    }
  }

  @Test
  void decodeTimesGoOnBeyondThirtyTwoBits() {
    long frames = (1L << 32) / 90_000 + 3;
    for (long i = 0; i < frames; i++) {
      video(i * 90_000, i == 0, new byte[] {0, 0, 0, 1, 9});
    }
    assembler.flush();
    for (int i = 0; i < fragments.size(); i++) {
      Box tfdt = fragments.get(i).tracks().get(0).child("tfdt");
      assertEquals(1, tfdt.version());
      assertEquals(i * 90_000L, tfdt.content().getLong(4));
      assertEquals(i * 90_000L, units.get(i).decodeTime());
    }
    assertTrue(units.get(units.size() - 1).decodeTime() > 1L << 32);
  }

  /** Groups of pictures of which the last is sent first, as B-frames make them; and jitter. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void noFragmentIsLongerThanItMayBe(int group) {
    for (int i = 0; i <= 800; i++) {
      int first = (i - 1) / group * group + 1;
      int shown = i == 0 ? 0 : i == first ? first + group - 1 : i - 1;
      long jitter = group == 1 ? random.nextInt(3000) : 0;
      video(shown * 3600L + jitter, (group == 1 && i % 96 == 0) || i == 0, noise(20));
    }
    assembler.flush();
    assertTrue(units.size() > 20, "fragments: " + units.size());
    // a group that is shown in another order cannot be parted
    long most = Math.max(FRAGMENT_TICKS, group * 3600L);
    for (Unit unit : units) {
      assertTrue(unit.duration().toNanos() <= nanos(most), unit.toString());
    }
  }

  /** H.264 has SEI of type 6; H.265 has 39 before the picture and 40 behind it. */
  @ParameterizedTest
  @ValueSource(ints = {0x06, 39 << 1, 40 << 1})
  void whatTheCameraSentIsStoredByteForByte(int sei) {
    List<byte[]> sent = new ArrayList<>();
    List<byte[]> heard = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] slice = noise(i % 20 == 0 ? 150_000 : 700);
      byte[] sample = i % 2 == 0 ? nals(sei(sei), slice) : nals(slice, sei(sei));
      sent.add(sample);
      video(i * 3600L, i % 20 == 0, sample);
      byte[] sound = noise(160);
      heard.add(sound);
      audio(i * 3600L, sound);
    }
    assembler.flush();
    assertSame(sent, stored(0));
    assertSame(heard, stored(1));
    assertEquals(0, pool.usedBytes());
  }

  /** With what would be a start code, and with bytes that some writers drop from the end. */
  private byte[] sei(int header) {
    byte[] bytes = noise(40);
    bytes[0] = (byte) header;
    System.arraycopy(new byte[] {0, 0, 3, 1, 0, 0, 3}, 0, bytes, 8, 7);
    System.arraycopy(new byte[] {(byte) 0x80, 0, 0, 0}, 0, bytes, 36, 4);
    return bytes;
  }

  private static byte[] nals(byte[]... units) {
    ByteBuffer sample = ByteBuffer.allocate(200_000);
    for (byte[] unit : units) {
      sample.putInt(unit.length).put(unit);
    }
    byte[] bytes = new byte[sample.position()];
    sample.flip().get(bytes);
    return bytes;
  }

  private List<byte[]> stored(int track) {
    return fragments.stream()
        .filter(fragment -> fragment.tracks().size() > track)
        .flatMap(fragment -> fragment.samples(fragment.tracks().get(track)).stream())
        .toList();
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "sample " + i);
    }
  }
}
