// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A door on this machine behind which a server seems to be far away: what goes through arrives
 * later, and no faster than the line carries.
 */
final class Distance implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  /** What is under way on a line of its own, as routers on the way would hold it. */
  private static final int MOST_PIECES = 256;

  private final ServerSocket door;
  private final String host;
  private final int port;
  private final long delayNanos;
  private final long bytesPerSecond;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private Distance(ServerSocket door, RemoteServer server, int delayMillis, int kilobits) {
    this.door = door;
    host = server.host();
    port = server.port();
    delayNanos = delayMillis * 1_000_000L;
    bytesPerSecond = kilobits * 125L;
  }

  /** Bytes, and when they are to come out. */
  private record Piece(ByteBuffer bytes, long due) {}

  /** Opens the door; the delay is that of one way, the rate that of a connection's one way. */
  static Distance open(RemoteServer server, int delayMillis, int kilobits) throws IOException {
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Distance distance = new Distance(door, server, delayMillis, kilobits);
    distance.run(distance::accept);
    return distance;
  }

  int port() {
    return door.getLocalPort();
  }

  /** A step that ends with its sockets. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void run(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                System.getLogger("distance").log(System.Logger.Level.DEBUG, "ended", e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "distance");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = door.accept();
      sockets.add(near);
      Socket far = new Socket(host, port);
      sockets.add(far);
      carry(near, far);
      carry(far, near);
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Piece> line = new LinkedBlockingQueue<>(MOST_PIECES);
    run(
        () -> {
          try (from) {
            take(from.getInputStream(), line);
          } finally {
            line.put(new Piece(ByteBuffer.allocate(0), System.nanoTime() + delayNanos));
          }
        });
    run(
        () -> {
          try (to) {
            hand(line, to.getOutputStream());
          }
        });
  }

  private void take(InputStream in, BlockingQueue<Piece> line)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[PIECE];
    long free = System.nanoTime();
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      free = Math.max(free, System.nanoTime()) + count * 1_000_000_000L / bytesPerSecond;
      line.put(new Piece(ByteBuffer.wrap(Arrays.copyOf(buffer, count)), free + delayNanos));
    }
  }

  private static void hand(BlockingQueue<Piece> line, OutputStream out)
      throws IOException, InterruptedException {
    for (Piece piece = line.take(); piece.bytes().hasRemaining(); piece = line.take()) {
      for (long left = left(piece); left > 0; left = left(piece)) {
        LockSupport.parkNanos(left);
      }
      out.write(piece.bytes().array());
    }
  }

  private static long left(Piece piece) {
    return piece.due() - System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
