// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.api.recording.RecorderState;
import java.util.ArrayList;
import java.util.List;
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
}
