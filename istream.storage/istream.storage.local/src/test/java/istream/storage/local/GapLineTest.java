// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Gaps as lines, whole and torn. */
final class GapLineTest {
  private static final Instant FROM = Instant.parse("2026-03-01T10:59:58.500Z");

  private static Gap gap(String detail) {
    return new Gap("front", FROM, Optional.of(FROM.plusSeconds(9)), GapCause.DISK, detail);
  }

  @Test
  void theLongestDetailNeedsNoMoreStackThanTheShortest() throws Exception {
    Gap gap = gap("\"\\\n\u00e9\ud83d\ude00x€/".repeat(60).substring(0, 500));
    AtomicReference<Optional<Gap>> read = new AtomicReference<>();
    Runnable parse = () -> read.set(GapLine.parse("front", GapLine.write(gap)));
    Thread small = new Thread(null, parse, "small stack", 128 << 10);
    small.start();
    small.join();
    assertEquals(Optional.of(gap), read.get());
  }

  @Test
  void aLineTornAnywhereIsNoGap() {
    String line = GapLine.write(gap("a \"b\" \u0007 c"));
    for (int length = 0; length < line.length(); length++) {
      assertEquals(Optional.empty(), GapLine.parse("front", line.substring(0, length)));
    }
    assertEquals(Optional.of(gap("a \"b\" \u0007 c")), GapLine.parse("front", line));
  }

  @Test
  void aLineOfBeforeThereWereReplicasIsAGapOfAll() {
    String line =
        "{\"from\":\"2026-03-01T10:59:58.500Z\",\"to\":\"2026-03-01T11:00:07.500Z\","
            + "\"cause\":\"disk\",\"detail\":\"x\"}";
    assertEquals(Optional.of(gap("x")), GapLine.parse("front", line));
    assertEquals(line, GapLine.write(gap("x")), "and an older version reads ours");
  }

  @Test
  void whatIsNotOurLanguageIsNoGap() {
    String good = GapLine.write(gap("x"));
    List<String> strange =
        List.of(
            good + " ",
            good + good,
            good.replace(':', ';'),
            good.replace("x", "\\x"),
            good.replace("x", "\\u12g4"),
            good.replace("x", "\\u+123"),
            good.replace("disk", "weather"),
            good.replace("2026", "then"),
            good.replace("from", "since"),
            good.replace("x", "x".repeat(GapLine.MOST_CHARACTERS)));
    for (String line : strange) {
      assertEquals(Optional.empty(), GapLine.parse("front", line), line);
    }
  }
}
