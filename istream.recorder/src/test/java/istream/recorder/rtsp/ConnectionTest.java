// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConnectionTest {
  @Test
  void keepsWhatAServerDoesNotReadWithinABoundAndInOrder() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Connection connection =
            new Connection(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        Socket peer = server.accept()) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (!connection.established() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      Random random = new Random(1);
      byte[] request = new byte[777];
      boolean room = true;
      while (room && sent.size() < 100_000_000) {
        random.nextBytes(request);
        room = connection.send(ByteBuffer.wrap(request));
        if (room) {
          sent.writeBytes(request);
        }
        connection.flush();
      }
      assertFalse(room, "there is a bound");
      assertFalse(connection.idle());
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      byte[] piece = new byte[65_536];
      while (got.size() < sent.size()) {
        connection.flush();
        int count = peer.getInputStream().read(piece);
        assertTrue(count > 0);
        got.write(piece, 0, count);
      }
      assertArrayEquals(sent.toByteArray(), got.toByteArray());
      connection.flush();
      assertTrue(connection.idle());
      assertEquals(0, connection.read(ByteBuffer.allocate(10)));
    }
  }
}
