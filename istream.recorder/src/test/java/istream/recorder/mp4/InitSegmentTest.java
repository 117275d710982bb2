// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Fragment;
import istream.api.footage.Unit;
import istream.recorder.media.VideoFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes that other programs read by the design note, and broken parameter sets. */
class InitSegmentTest {
  private static final UUID RUN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000L, 123_456_000);

  private static VideoFormat video(VideoFormat.Codec codec, int... sps) {
    ByteBuffer set = ByteBuffer.allocate(sps.length);
    for (int value : sps) {
      set.put((byte) value);
    }
    return new VideoFormat(codec, List.of(set.flip().asReadOnlyBuffer()), 0, 0);
  }

  @Test
  void identityIsTheLastBoxOfMoov() {
    Identity identity = new Identity("front-door", RUN, 7, START);
    VideoFormat video = video(VideoFormat.Codec.H264, 0x67, 66, 0, 30, 0xff);
    ByteBuffer init = InitSegment.of(video, Optional.empty(), identity);
    ByteBuffer box = init.slice(init.limit() - 68, 68);
    assertEquals(68, box.getInt());
    assertEquals(0x75756964, box.getInt());
    assertEquals(InitSegment.IDENTITY, new UUID(box.getLong(), box.getLong()));
    assertEquals(0, box.getInt());
    assertEquals(RUN, new UUID(box.getLong(), box.getLong()));
    assertEquals(7, box.getInt());
    assertEquals(1_700_000_000_123_456L, box.getLong());
    assertEquals(10, box.getShort());
    assertEquals("front-door", StandardCharsets.UTF_8.decode(box).toString());
  }

  @Test
  void brokenParameterSetsAreStoredNotJudged() {
    Identity identity = new Identity("a", RUN, 0, START);
    for (VideoFormat.Codec codec : VideoFormat.Codec.values()) {
      int header = codec == VideoFormat.Codec.H264 ? 0x67 : 0x42;
      VideoFormat broken = video(codec, header, 100, 0, 30);
      assertTrue(InitSegment.of(broken, Optional.empty(), identity).remaining() > 400);
    }
  }

  @Test
  void missingParameterSetIsSaidInWords() {
    Identity identity = new Identity("a", RUN, 0, START);
    VideoFormat none = new VideoFormat(VideoFormat.Codec.H265, List.of(), 0, 0);
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> InitSegment.of(none, Optional.empty(), identity));
    assertTrue(refused.getMessage().contains("H.265"), refused.getMessage());
  }

  @Test
  void tailListsTheKeyFragmentsBehindTheirClock() {
    List<Fragment> index =
        List.of(
            new Fragment(Unit.Kind.INIT, 0, 600, START, Duration.ZERO, 0, false),
            new Fragment(Unit.Kind.FRAGMENT, 600, 50, START, Duration.ofSeconds(1), 0, true),
            new Fragment(Unit.Kind.FRAGMENT, 650, 50, START, Duration.ofSeconds(1), 90_000, false),
            new Fragment(
                Unit.Kind.FRAGMENT, 6_000_000_000L, 9, START, Duration.ZERO, 180_000, true));
    ByteBuffer tail = Tail.of(index);
    assertEquals(tail.remaining(), tail.getInt(0));
    assertEquals(tail.remaining(), tail.getInt(tail.limit() - 4));
    tail.position(8 + 12 + 8);
    assertEquals(2, tail.getInt());
    assertEquals(0, tail.getLong());
    assertEquals(632, tail.getLong());
    tail.position(tail.position() + 3);
    assertEquals(180_000, tail.getLong());
    assertEquals(6_000_000_032L, tail.getLong());
  }
}
