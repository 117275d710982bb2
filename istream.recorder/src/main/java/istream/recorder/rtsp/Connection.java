// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A TCP connection that never blocks. What cannot be written at once waits, within a bound. */
final class Connection implements Dial.Call {
  private static final int MOST_WAITING_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private ByteBuffer waiting = ByteBuffer.allocate(1024).limit(0);

  /** Begins to connect. */
  Connection(InetSocketAddress address) throws IOException {
    channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(address);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean established() throws IOException {
    return channel.isConnected() || channel.finishConnect();
  }

  /** Whether all that was sent has been written. */
  boolean idle() {
    return !waiting.hasRemaining();
  }

  /**
   * Takes bytes to be written by {@link #flush}.
   *
   * @return whether there was room for them
   */
  boolean send(ByteBuffer bytes) {
    int needed = waiting.remaining() + bytes.remaining();
    if (needed > MOST_WAITING_BYTES) {
      return false;
    }
    ByteBuffer target =
        needed > waiting.capacity() ? ByteBuffer.allocate(2 * needed).put(waiting) : compacted();
    waiting = target.put(bytes).flip();
    return true;
  }

  private ByteBuffer compacted() {
    return waiting.compact();
  }

  /** Writes as much as goes without waiting. */
  void flush() throws IOException {
    if (waiting.hasRemaining()) {
      channel.write(waiting);
    }
  }

  /** Reads as much as there is; -1 at the end. */
  int read(ByteBuffer buffer) throws IOException {
    return channel.read(buffer);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
