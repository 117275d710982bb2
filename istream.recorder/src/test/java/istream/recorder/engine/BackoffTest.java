// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.media.StreamFailure;
import istream.recorder.media.StreamFailure.Kind;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackoffTest {
  private static final long HALF_SECOND = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long QUARTER_MINUTE = TimeUnit.SECONDS.toNanos(15);

  private final Backoff backoff = new Backoff(new Random(1));

  private long pause(Kind kind, boolean retrySoon) {
    return backoff.pause(new StreamFailure(kind, "", retrySoon), 0);
  }

  private static void assertAbout(long expected, long wait) {
    assertTrue(wait <= expected && wait > expected * 7 / 10, wait + ", not about " + expected);
  }

  @ParameterizedTest
  @EnumSource
  void aCameraThatRefusesIsAskedLessAndLessOften(Kind kind) {
    assertEquals(0, pause(kind, false), "the first time at once");
    for (long expected = SECOND; expected < QUARTER_MINUTE; expected *= 2) {
      assertAbout(expected, pause(kind, false));
    }
    for (int i = 0; i < 20; i++) {
      assertAbout(QUARTER_MINUTE, pause(kind, false));
    }
    backoff.succeeded();
    assertEquals(0, pause(kind, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "ABSENT", "STALLED"})
  void aCameraThatIsNotThereIsTriedTwiceASecondForEver(Kind kind) {
    for (int i = 0; i < 100; i++) {
      assertAbout(HALF_SECOND, pause(kind, true));
    }
  }

  @Test
  void aTryThatTookLongIsFollowedByTheNextAtOnce() {
    StreamFailure gone = new StreamFailure(Kind.UNREACHABLE, "", true);
    assertEquals(0, backoff.pause(gone, 3 * SECOND));
    assertTrue(backoff.pause(gone, HALF_SECOND / 2) <= HALF_SECOND / 2);
    StreamFailure refused = new StreamFailure(Kind.REFUSED, "", false);
    assertEquals(0, backoff.pause(refused, 3 * SECOND));
    assertAbout(SECOND, backoff.pause(refused, 3 * SECOND));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNREACHABLE", "ABSENT", "STALLED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aCameraThatBreaksDownIsTriedAtOnceAndThenEverySecond(Kind kind) {
    assertEquals(0, pause(kind, true));
    for (int i = 0; i < 100; i++) {
      assertAbout(SECOND, pause(kind, true));
    }
  }

  @Test
  void theJitterIsNoTwiceTheSame() {
    assertTrue(pause(Kind.ABSENT, true) != pause(Kind.ABSENT, true), "cameras spread out");
  }
}
