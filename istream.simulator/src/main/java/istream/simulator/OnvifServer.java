// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The HTTP port of all cameras; one request each connection, one thread each connection. */
final class OnvifServer implements Closeable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final ServerSocket server;
  private final int rtspPort;
  private final OnvifAnswers answers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Mischief mischief = new Mischief(stopped);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "istream-simulator-onvif");
            thread.setDaemon(true);
            return thread;
          });

  OnvifServer(InetSocketAddress address, int rtspPort, OnvifAnswers answers) throws IOException {
    this.rtspPort = rtspPort;
    this.answers = answers;
    server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address);
    } catch (IOException e) {
      server.close();
      throw new IOException("ONVIF at " + address + ": " + e.getMessage(), e);
    }
  }

  void start() {
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException none) {
        // this connection has failed, or all have an end
      }
    }
  }

  private void take(Socket socket) throws IOException {
    open.add(socket);
    try {
      threads.execute(() -> serve(socket));
    } catch (RejectedExecutionException closed) {
      socket.close();
    }
    if (server.isClosed()) {
      // it came while all others were closed
      socket.close();
    }
  }

  private void serve(Socket socket) {
    try (Socket closing = socket) {
      closing.setSoTimeout(PATIENCE_MILLIS);
      closing.setTcpNoDelay(true);
      exchange(closing);
    } catch (IOException none) {
      // who asks has gone, or speaks no HTTP
    } finally {
      open.remove(socket);
    }
  }

  private void exchange(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    HttpQuestion http = HttpQuestion.read(in);
    Optional<OnvifAnswers.Call> call =
        answers.call(
            http, device -> new Whereabouts(device, socket.getLocalAddress(), port(), rtspPort));
    if (call.isEmpty()) {
      HttpAnswer none = HttpAnswer.page(404);
      out.write(none.head(-1));
    } else if (mischief.instead(call.get(), in, out)) {
      call.get().camera().logins().ask();
    } else {
      mischief.send(answers.answer(call.get()), call.get().camera(), out);
    }
  }

  /** Closes the port and all connections. */
  @Override
  public void close() throws IOException {
    stopped.countDown();
    server.close();
    threads.shutdown();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
