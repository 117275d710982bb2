// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Calls a server until it answers. The system repeats a request that was lost after 1 s, then after
 * 2 s more: too late for a camera that has just come back. So another call is made every half
 * second, while those before may still be answered over a slow link.
 */
final class Dial<C extends Dial.Call> implements AutoCloseable {
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** A request for a connection. */
  interface Call extends AutoCloseable {
    /** Whether the connection stands, or does now. */
    boolean established() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes calls. */
  interface Caller<C> {
    C call() throws IOException;
  }

  private final Caller<C> caller;
  private final List<C> calls = new ArrayList<>();
  private long begunNanos;
  private long calledNanos;

  Dial(Caller<C> caller) {
    this.caller = caller;
  }

  /**
   * Calls, at once and again when it is time to.
   *
   * @return the connection once it stands, which is the caller's to close
   * @throws IOException if there is no answer for 3 s, or it is a refusal
   */
  Optional<C> tick(long now) throws IOException {
    if (calls.isEmpty()) {
      begunNanos = now;
      call(now);
    }
    Optional<C> answered = answered();
    if (answered.isPresent()) {
      calls.remove(answered.get());
      close();
    } else if (now - begunNanos >= MOST_NANOS) {
      throw new SocketTimeoutException("no answer within 3 s");
    } else if (now - calledNanos >= AGAIN_NANOS) {
      call(now);
    }
    return answered;
  }

  private void call(long now) throws IOException {
    calls.add(caller.call());
    calledNanos = now;
  }

  private Optional<C> answered() throws IOException {
    for (C call : calls) {
      if (call.established()) {
        return Optional.of(call);
      }
    }
    return Optional.empty();
  }

  /** Gives up the calls that are not answered. */
  @Override
  public void close() throws IOException {
    for (C call : calls) {
      call.close();
    }
    calls.clear();
  }
}
