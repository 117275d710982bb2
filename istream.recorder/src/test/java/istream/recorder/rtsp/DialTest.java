// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DialTest {
  private final List<Call> calls = new ArrayList<>();
  private final Dial<Call> dial = new Dial<>(this::call);
  private int back = Integer.MAX_VALUE;
  private int latency;
  private int now;

  /** Is answered when the camera is there, after a while. */
  private final class Call implements Dial.Call {
    final int made = now;
    boolean refused;
    boolean closed;

    @Override
    public boolean established() throws IOException {
      if (refused) {
        throw new ConnectException("Connection refused");
      }
      return made >= back && now - made >= latency;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Call call() {
    calls.add(new Call());
    return calls.get(calls.size() - 1);
  }

  private Optional<Call> tick() throws IOException {
    return dial.tick(TimeUnit.MILLISECONDS.toNanos(now));
  }

  private Call untilAnswered() throws IOException {
    Optional<Call> answered = tick();
    while (answered.isEmpty()) {
      now += 10;
      answered = tick();
    }
    return answered.get();
  }

  @Test
  void aCameraThatComesBackIsReachedWithinHalfASecond() throws IOException {
    for (back = 10; back < 2500; back += 130) {
      now = 0;
      Call call = untilAnswered();
      assertTrue(now - back <= 500, "back at " + back + ", reached at " + now);
      assertFalse(call.closed);
    }
  }

  @Test
  void anAnswerOverASlowLinkIsWaitedFor() throws IOException {
    back = 0;
    for (latency = 0; latency < 3000; latency += 130) {
      now = 0;
      calls.clear();
      Call call = untilAnswered();
      assertEquals(0, call.made, "the first call is the one that is answered");
      assertTrue(now - latency < 10, "at once");
      assertFalse(call.closed);
      calls.remove(call);
      assertTrue(calls.stream().allMatch(other -> other.closed), "the others are given up");
    }
  }

  @Test
  void nobodyAnswersForThreeSeconds() throws IOException {
    for (now = 0; now < 3000; now += 10) {
      assertEquals(Optional.empty(), tick());
    }
    assertEquals(6, calls.size());
    assertThrows(SocketTimeoutException.class, this::tick);
    dial.close();
    assertTrue(calls.stream().allMatch(call -> call.closed));
  }

  @Test
  void aRefusalIsAnAnswer() throws IOException {
    tick();
    calls.get(0).refused = true;
    assertThrows(ConnectException.class, this::tick);
  }
}
