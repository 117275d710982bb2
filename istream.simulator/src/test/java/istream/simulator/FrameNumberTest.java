// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameNumberTest {
  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsWrittenIsRead(Codec codec) {
    for (long number : new long[] {0, 1, 2, 3, 256, 1L << 24, FrameNumber.LIFE, Long.MAX_VALUE}) {
      byte[] unit = FrameNumber.unit(codec, number);
      assertEquals(OptionalLong.of(number), FrameNumber.read(codec, ByteBuffer.wrap(unit)));
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void aNumberLooksLikeNoStartCode(Codec codec) {
    byte[] unit = FrameNumber.unit(codec, 1);
    for (int i = 0; i + 2 < unit.length; i++) {
      assertFalse(unit[i] == 0 && unit[i + 1] == 0 && unit[i + 2] >= 0 && unit[i + 2] <= 2);
    }
  }

  @Test
  void otherMessagesHaveNoNumber() {
    byte[] unit = FrameNumber.unit(Codec.H264, 7);
    unit[5] ^= 1;
    assertTrue(FrameNumber.read(Codec.H264, ByteBuffer.wrap(unit)).isEmpty());
    byte[] torn = {6, 5, 24, 1, 2};
    assertTrue(FrameNumber.read(Codec.H264, ByteBuffer.wrap(torn)).isEmpty());
  }

  @Test
  void theTallyTellsWhatIsMissing() {
    long life = FrameNumber.LIFE;
    FrameTally tally = FrameTally.of(List.of(5L, 6L, 8L, 8L, 12L, 11L, life + 3, life + 5, -1L));
    assertEquals(
        List.of(
            new FrameTally.Range(7, 7),
            new FrameTally.Range(9, 10),
            new FrameTally.Range(life + 4, life + 4)),
        tally.missing());
    assertEquals(4, tally.lost());
    assertEquals(1, tally.duplicates());
    assertEquals(1, tally.outOfOrder());
    assertEquals(1, tally.unnumbered());
    assertEquals(9, tally.frames());
    assertFalse(tally.whole());
    assertTrue(FrameTally.of(List.of(3L, 4L, 5L)).whole());
    assertFalse(FrameTally.of(List.of()).whole(), "nothing is not everything");
  }
}
