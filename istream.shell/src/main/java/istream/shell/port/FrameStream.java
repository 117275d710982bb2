// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Sends what is written to the client as frames of one kind. */
final class FrameStream extends OutputStream {
  private final DataOutputStream out;
  private final int kind;

  FrameStream(DataOutputStream out, int kind) {
    this.out = out;
    this.kind = kind;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (out) {
      out.writeByte(kind);
      out.writeInt(length);
      out.write(bytes, offset, length);
    }
  }
}
