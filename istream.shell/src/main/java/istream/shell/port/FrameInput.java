// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import istream.shell.client.Wire;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input of the client, asked for piece by piece. */
final class FrameInput extends InputStream {
  private final DataInputStream in;
  private final DataOutputStream out;
  private byte[] piece = new byte[0];
  private int next;

  FrameInput(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public int read() throws IOException {
    if (next == piece.length && !fetch()) {
      return -1;
    }
    return piece[next++] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == piece.length && !fetch()) {
      return -1;
    }
    int count = Math.min(length, piece.length - next);
    System.arraycopy(piece, next, bytes, offset, count);
    next += count;
    return count;
  }

  private boolean fetch() throws IOException {
    synchronized (out) {
      out.writeByte(Wire.READ);
    }
    int length = in.readInt();
    if (length < 0) {
      return false;
    }
    piece = in.readNBytes(length);
    next = 0;
    return piece.length > 0;
  }
}
