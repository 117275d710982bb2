// SPDX-License-Identifier: Apache-2.0
package istream.shell.client;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** The terminal as the shell wants it: every key, Ctrl-C too, goes to the instance as it comes. */
final class Keyboard implements AutoCloseable {
  private final DataOutputStream out;
  private final Terminal terminal;
  private final Attributes before;

  Keyboard(DataOutputStream out) throws IOException {
    this.out = out;
    // the external program stty is everywhere; native code would have to be unpacked first
    terminal = TerminalBuilder.builder().system(true).provider("exec").build();
    before = terminal.getAttributes();
  }

  /** Tells the instance what the terminal is like, and sends keys and sizes from here on. */
  void start() throws IOException {
    terminal.setAttributes(raw(before));
    synchronized (out) {
      out.writeUTF(terminal.getType());
      sendSize();
    }
    terminal.handle(Signal.WINCH, signal -> resized());
    Thread thread = new Thread(this::sendKeys, "keys");
    thread.setDaemon(true);
    thread.start();
  }

  private static Attributes raw(Attributes before) {
    Attributes raw = new Attributes(before);
    raw.setLocalFlags(
        EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.ISIG, LocalFlag.IEXTEN), false);
    raw.setInputFlags(EnumSet.of(InputFlag.IXON, InputFlag.ICRNL, InputFlag.INLCR), false);
    raw.setOutputFlag(OutputFlag.OPOST, false);
    raw.setControlChar(ControlChar.VMIN, 1);
    raw.setControlChar(ControlChar.VTIME, 0);
    return raw;
  }

  private void resized() {
    try {
      sendSize();
    } catch (IOException e) {
      // who reads the answers sees that the instance has gone
    }
  }

  private void sendSize() throws IOException {
    Size size = terminal.getSize();
    synchronized (out) {
      out.writeByte(Wire.SIZE);
      out.writeInt(size.getColumns());
      out.writeInt(size.getRows());
      out.flush();
    }
  }

  private void sendKeys() {
    byte[] bytes = new byte[1024];
    try {
      for (int count = System.in.read(bytes); count > 0; count = System.in.read(bytes)) {
        synchronized (out) {
          out.writeByte(Wire.KEYS);
          out.writeInt(count);
          out.write(bytes, 0, count);
          out.flush();
        }
      }
    } catch (IOException e) {
      // who reads the answers sees that the instance has gone
    }
  }

  @Override
  public void close() throws IOException {
    terminal.setAttributes(before);
    terminal.close();
  }
}
