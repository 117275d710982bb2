// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Reads one answer: what a server sent counts, not what it should have sent. */
final class AnswerReader {
  private static final long HURRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int GZIP = 0x1f8b;

  private final DeadlineSocket socket;
  private final PushbackInputStream in;

  /**
   * Makes one.
   *
   * @param socket that everything comes through
   * @param in what comes out of it, decrypted
   */
  AnswerReader(DeadlineSocket socket, InputStream in) {
    this.socket = socket;
    this.in = new PushbackInputStream(new BufferedInputStream(new ToTheEnd(in)));
  }

  /**
   * Reads it.
   *
   * @throws EOFException if the server hung up without a byte
   * @throws SocketTimeoutException if it did not come in time, or not all of it
   * @throws Endless if there is too much of it
   */
  HttpAnswer read(String url) throws IOException {
    Head head = head();
    Body body = new Body(head.chunked() || (head.status() > 0 && head.length() < 0), head.length());
    if (head.status() != 204 && head.status() != 304) {
      fill(body, head.status());
    }
    byte[] bytes = unzipped(body.bytes());
    if (head.status() == 0) {
      bytes = joined(head.raw().getBytes(ISO_8859_1), bytes);
    }
    if (head.status() == 0 && bytes.length == 0) {
      throw new EOFException("it hung up without an answer");
    }
    return new HttpAnswer(url, head.status(), head.headers(), bytes);
  }

  private Head head() throws IOException {
    Head head = Head.read(in);
    while (head.preliminary()) {
      head = Head.read(in);
    }
    return head;
  }

  private void fill(Body body, int status) throws IOException {
    boolean refusal = status >= 300 && status < 500;
    try {
      while (!body.whole()) {
        if (refusal || body.cut()) {
          // what may still come is worth no long wait
          socket.hurry(HURRY_NANOS);
        }
        int b = in.read();
        if (b < 0) {
          return;
        }
        body.take(b);
      }
    } catch (SocketTimeoutException e) {
      if (!refusal && !body.cut() && !body.credible()) {
        throw e;
      }
    }
  }

  private static byte[] unzipped(byte[] bytes) throws Endless {
    if (bytes.length < 2 || ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) != GZIP) {
      return bytes;
    }
    ByteArrayOutputStream unzipped = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    try (InputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      for (int n = zip.read(some); n >= 0; n = zip.read(some)) {
        unzipped.write(some, 0, n);
        if (unzipped.size() > Body.MOST_BYTES) {
          throw new Endless("more than " + Body.MOST_BYTES + " bytes");
        }
      }
    } catch (Endless e) {
      throw e;
    } catch (IOException e) {
      // as far as it goes
      return unzipped.toByteArray();
    }
    return unzipped.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length);
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }

  /** A connection that breaks off after some bytes has ended: what came is the answer. */
  private static final class ToTheEnd extends FilterInputStream {
    private boolean begun;

    ToTheEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = super.read(bytes, offset, length);
        begun |= count > 0;
        return count;
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (begun) {
          return -1;
        }
        throw e;
      }
    }
  }
}
