// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Leaves out the colours and bold letters of a terminal (ECMA-48 control sequences). */
final class PlainStream extends FilterOutputStream {
  private static final int ESCAPE = 0x1b;

  private enum State {
    TEXT,
    ESCAPED,
    SEQUENCE
  }

  private State state = State.TEXT;

  PlainStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    switch (state) {
      case TEXT -> {
        if (value == ESCAPE) {
          state = State.ESCAPED;
        } else {
          out.write(value);
        }
      }
      case ESCAPED -> state = value == '[' ? State.SEQUENCE : State.TEXT;
      case SEQUENCE -> state = value >= 0x40 && value <= 0x7e ? State.TEXT : State.SEQUENCE;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      boolean plain = state == State.TEXT && bytes[i] != ESCAPE;
      if (!plain) {
        if (i > start) {
          out.write(bytes, start, i - start);
        }
        write(bytes[i] & 0xff);
        start = i + 1;
      }
    }
    if (start < offset + length) {
      out.write(bytes, start, offset + length - start);
    }
  }
}
