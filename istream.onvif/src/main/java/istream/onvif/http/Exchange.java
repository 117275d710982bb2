// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** One request to one server, and its answer. */
final class Exchange {
  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Target target;
  private final byte[] request;
  private final long deadline;
  private final Tls tls;

  /**
   * Makes one that has not begun.
   *
   * @param request head and body
   * @param deadline on {@link System#nanoTime}'s clock
   */
  Exchange(Target target, byte[] request, long deadline, Tls tls) {
    this.target = target;
    this.request = request;
    this.deadline = deadline;
    this.tls = tls;
  }

  /** Asks, and asks once more if the server hangs up without a byte. */
  HttpAnswer run() throws SoapFailure {
    try {
      return attempts();
    } catch (SocketTimeoutException e) {
      throw silent("took the request but did not answer in time, or not to the end", e);
    } catch (Endless e) {
      String message = target.place() + " sends without end: " + e.getMessage();
      throw new SoapFailure(Kind.NONSENSE, message, e);
    } catch (IOException e) {
      throw silent("took the request and hung up without an answer, twice", e);
    }
  }

  private HttpAnswer attempts() throws SoapFailure, IOException {
    try {
      return attempt();
    } catch (SocketTimeoutException | Endless e) {
      throw e;
    } catch (IOException e) {
      return attempt();
    }
  }

  private SoapFailure silent(String what, IOException cause) {
    String next = "; check that ONVIF is switched on in the camera";
    return new SoapFailure(Kind.SILENT, target.place() + " " + what + next, cause);
  }

  private HttpAnswer attempt() throws SoapFailure, IOException {
    try (DeadlineSocket socket = connected()) {
      Socket line = target.secure() ? encrypted(socket) : socket;
      // one write: some cameras read only once
      line.getOutputStream().write(request);
      line.getOutputStream().flush();
      return new AnswerReader(socket, line.getInputStream()).read(target.url());
    }
  }

  private DeadlineSocket connected() throws SoapFailure {
    try {
      IOException last = new ConnectException("it has no address");
      for (InetAddress address : addresses()) {
        try {
          return connected(address);
        } catch (IOException e) {
          last = e;
        }
      }
      throw last;
    } catch (ConnectException e) {
      throw String.valueOf(e.getMessage()).contains("refused") ? absent(e) : unreachable(e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private List<InetAddress> addresses() throws IOException {
    try (DeadlineSocket clock = new DeadlineSocket(deadline)) {
      return Resolver.addresses(target.host(), clock.patience(CONNECT_NANOS));
    }
  }

  private DeadlineSocket connected(InetAddress address) throws IOException {
    DeadlineSocket socket = new DeadlineSocket(deadline);
    try {
      socket.setTcpNoDelay(true);
      int patience = socket.patience(CONNECT_NANOS);
      socket.connect(new InetSocketAddress(address, target.port()), patience);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket encrypted(DeadlineSocket socket) throws SoapFailure {
    try {
      return tls.over(socket, target);
    } catch (StrangeCertificate e) {
      throw new SoapFailure(Kind.UNREACHABLE, e.getMessage(), e);
    } catch (SSLException e) {
      String message =
          " does not agree with us on encryption: %s; try http:// instead, or the camera's settings"
              .formatted(e.getMessage());
      throw new SoapFailure(Kind.UNREACHABLE, target.place() + message, e);
    } catch (IOException e) {
      String message = target.place() + " does not answer to HTTPS: " + said(e) + "; try http://";
      throw new SoapFailure(Kind.UNREACHABLE, message, e);
    }
  }

  private SoapFailure absent(IOException cause) {
    String message =
        " refuses the connection: nothing listens at that port; check the port of ONVIF";
    return new SoapFailure(Kind.UNREACHABLE, target.place() + message, cause);
  }

  private SoapFailure unreachable(IOException cause) {
    String message =
        target.place() + " cannot be reached: " + said(cause) + "; check address and cable";
    return new SoapFailure(Kind.UNREACHABLE, message, cause);
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
