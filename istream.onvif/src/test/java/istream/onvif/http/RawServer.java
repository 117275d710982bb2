// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does with each connection what the test says. */
final class RawServer implements AutoCloseable {
  /** What it does. */
  interface Behaviour {
    void serve(Socket socket, OutputStream out) throws IOException;
  }

  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final Behaviour behaviour;
  private final boolean reads;

  RawServer(Behaviour behaviour) throws IOException {
    this(behaviour, true);
  }

  /**
   * Makes one.
   *
   * @param reads whether it reads the request before it behaves
   */
  RawServer(Behaviour behaviour, boolean reads) throws IOException {
    this.behaviour = behaviour;
    this.reads = reads;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(socket), "raw-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      if (reads) {
        requests.add(request(socket.getInputStream()));
      }
      behaviour.serve(socket, socket.getOutputStream());
    } catch (IOException e) {
      requests.add("failed: " + e);
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    int whole = Integer.MAX_VALUE;
    while (request.length() < whole) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      request.append((char) b);
      if (request.length() >= 4 && request.substring(request.length() - 4).equals("\r\n\r\n")) {
        String length = request.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1");
        whole = Math.min(whole, request.length() + Integer.parseInt(length));
      }
    }
    return request.toString();
  }

  int port() {
    return listening.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/onvif/device_service";
  }

  List<String> requests() {
    return requests;
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
