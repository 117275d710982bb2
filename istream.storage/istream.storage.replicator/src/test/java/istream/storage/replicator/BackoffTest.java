// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.ReplicaException.Kind;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A link that is back is found within a second; a server that says no is not pestered. */
final class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  private void assertPause(Kind kind, long millis) {
    long pause = Duration.ofNanos(backoff.pause(kind)).toMillis();
    assertTrue(pause <= millis && pause >= millis * 3 / 4, pause + " of " + millis);
  }

  @Test
  void aBrokenLinkIsTriedAtOnceAndThenEverySecond() {
    for (int round = 0; round < 2; round++) {
      assertEquals(0, backoff.pause(Kind.LINK));
      for (long millis : new long[] {500, 1000, 1000, 1000}) {
        assertPause(Kind.LINK, millis);
      }
      backoff.succeeded();
    }
  }

  @Test
  void aRefusalIsTriedEvery15Seconds() {
    assertPause(Kind.REFUSED, 15_000);
    assertPause(Kind.FULL, 15_000);
  }
}
