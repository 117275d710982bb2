// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.api.recording.RecorderState;
import istream.recorder.media.StreamFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CameraSupervisorTest {
  private final List<FakeSession> sessions = new ArrayList<>();
  private final Bench bench =
      new Bench(
          "rtsp://127.0.0.1/live",
          Credentials.NONE,
          target -> {
            sessions.add(new FakeSession(target));
            return sessions.get(sessions.size() - 1);
          });

  @AfterEach
  void close() {
    bench.close();
  }

  private FakeSession session(int number) {
    bench.passUntil("session " + number, () -> sessions.size() == number);
    return sessions.get(number - 1);
  }

  @Test
  void aFaultOfOursEndsTheSessionAndTheNextOneBegins() {
    FakeSession first = session(1);
    first.close =
        () -> {
          throw new IllegalStateException();
        };
    NullPointerException cause = new NullPointerException();
    assertThrows(IllegalStateException.class, () -> bench.supervisor.crashed(cause));
    assertTrue(first.closed);
    assertEquals(RecorderState.WAITING, bench.supervisor.phase().state());
    assertTrue(bench.reason().contains("see the log"), bench.reason());
    session(2).record();
    bench.tick();
    assertEquals(RecorderState.RECORDING, bench.supervisor.phase().state());
  }

  @Test
  void aCameraThatDoesNotAnswerIsCalledOnWithoutAPause() {
    FakeSession first = session(1);
    bench.pass(3, TimeUnit.SECONDS);
    long before = bench.nanos();
    first.fail(Kind.UNREACHABLE, "no answer");
    session(2);
    assertTrue(bench.nanos() - before <= 2 * NetworkLoop.QUICK_NANOS, "at once");
  }

  @Test
  void aCameraThatRefusesAtOnceIsCalledTwiceASecond() {
    for (int i = 1; i < 10; i++) {
      FakeSession session = session(i);
      long before = bench.nanos();
      session.fail(Kind.ABSENT, "nothing listens");
      session(i + 1);
      long pause = bench.nanos() - before;
      assertTrue(pause > 350_000_000 && pause < 550_000_000, "it waited " + pause);
    }
  }
}
