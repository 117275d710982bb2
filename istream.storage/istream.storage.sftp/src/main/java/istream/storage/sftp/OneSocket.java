// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * The one socket of a connection. Closing it breaks off whoever reads or writes, at once and
 * whatever the other side does.
 */
final class OneSocket extends SocketFactory implements AutoCloseable {
  private static final String UNCONNECTED =
      "sshj asks for an unconnected socket, and connects it itself";

  private final Socket socket = new Socket();

  @Override
  public Socket createSocket() throws SocketException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    return socket;
  }

  /** Lets whoever reads wait as long as it takes. */
  void waitForEver() throws SocketException {
    socket.setSoTimeout(0);
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // then nothing can be read from it or written to it, which is all that is wanted
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException(UNCONNECTED);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException(UNCONNECTED);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException(UNCONNECTED);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException(UNCONNECTED);
  }
}
