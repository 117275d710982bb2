// SPDX-License-Identifier: Apache-2.0
package istream.shell.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Writes while another thread reads, which the streams of {@code Channels} do not. */
public final class ChannelOutput extends OutputStream {
  private final SocketChannel channel;

  /** Writes to that channel, which is in blocking mode. */
  public ChannelOutput(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
