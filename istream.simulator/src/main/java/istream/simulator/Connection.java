// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** The socket of a reader: never waits for it. Used by the loop's thread only. */
final class Connection {
  private static final int LARGEST_REQUEST = 16 * 1024;
  private static final int GATHER = 16;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Dialog dialog;
  private final Deque<ByteBuffer> queue = new ArrayDeque<>();
  private final ByteBuffer in = ByteBuffer.allocate(LARGEST_REQUEST);
  private int backlog;
  private long heardAt;

  Connection(SocketChannel channel, SelectionKey key, Dialog dialog, long now) {
    this.channel = channel;
    this.key = key;
    this.dialog = dialog;
    this.heardAt = now;
  }

  /** Bytes that wait for the reader. */
  int backlog() {
    return backlog;
  }

  /** When the reader last sent something. */
  long heardAt() {
    return heardAt;
  }

  boolean open() {
    return channel.isOpen();
  }

  void send(String text) {
    send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  void send(ByteBuffer bytes) {
    queue.add(bytes);
    backlog += bytes.remaining();
    write();
  }

  /** Writes what the socket takes. */
  void write() {
    try {
      while (!queue.isEmpty() && channel.isOpen()) {
        ByteBuffer[] next = queue.stream().limit(GATHER).toArray(ByteBuffer[]::new);
        backlog -= (int) channel.write(next);
        while (!queue.isEmpty() && !queue.element().hasRemaining()) {
          queue.remove();
        }
        if (next[next.length - 1].hasRemaining()) {
          break;
        }
      }
      if (key.isValid()) {
        key.interestOps(SelectionKey.OP_READ | (queue.isEmpty() ? 0 : SelectionKey.OP_WRITE));
      }
    } catch (IOException e) {
      close();
    }
  }

  /** Reads what has come and has it answered. */
  void read(long now) {
    try {
      if (channel.read(in) < 0) {
        close();
        return;
      }
    } catch (IOException e) {
      close();
      return;
    }
    heardAt = now;
    in.flip();
    while (channel.isOpen() && next(now)) {
      // every whole message is taken
    }
    in.compact();
    if (!in.hasRemaining()) {
      close();
    }
  }

  /** Takes a whole message from the buffer; false if there is none. */
  private boolean next(long now) {
    if (in.remaining() < 4) {
      return false;
    }
    if (in.get(in.position()) == '$') {
      int length = 4 + (in.getShort(in.position() + 2) & 0xffff);
      if (in.remaining() < length) {
        return false;
      }
      in.position(in.position() + length);
      return true;
    }
    RtspRequest request = RtspRequest.take(in);
    if (request != null) {
      dialog.handle(request, this, now);
    }
    return request != null;
  }

  /** Gives the dialog the chance to go on with an answer without an end. */
  void idle() {
    dialog.goOn(this);
  }

  /** Closes with an RST. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      System.getLogger("istream.simulator").log(System.Logger.Level.DEBUG, "no linger", e);
    }
    close();
  }

  void close() {
    dialog.end();
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("istream.simulator").log(System.Logger.Level.DEBUG, "close failed", e);
    }
  }
}
