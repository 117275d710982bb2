// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket whose reads all end by one deadline, however the bytes dribble. Under TLS too: its
 * records are read through this one.
 */
final class DeadlineSocket extends Socket {
  private final long deadline;
  private long idleNanos = Long.MAX_VALUE;

  /**
   * Makes one.
   *
   * @param deadline on {@link System#nanoTime}'s clock
   */
  DeadlineSocket(long deadline) {
    this.deadline = deadline;
  }

  /** From now on each read ends after a while without bytes, too. */
  void hurry(long nanos) {
    idleNanos = nanos;
  }

  /** How long to wait at most, in milliseconds. */
  int patience(long mostNanos) throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(deadline - System.nanoTime(), mostNanos));
    if (millis <= 0) {
      throw new SocketTimeoutException("the time is over");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        setSoTimeout(patience(idleNanos));
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        setSoTimeout(patience(idleNanos));
        return super.read(bytes, offset, length);
      }
    };
  }
}
