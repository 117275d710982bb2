// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** The terminal of a client, as the shell sees it: keys come in and are edited here. */
final class ClientTerminal extends LineDisciplineTerminal implements Terminal {
  private static final Size USUAL = new Size(80, 24);

  ClientTerminal(String type, OutputStream shown) throws IOException {
    super("istream", type, shown, StandardCharsets.UTF_8);
  }

  /** Takes over the size of the client's window; a serial line knows none and says 0. */
  void resize(int columns, int rows) {
    setSize(columns > 0 && rows > 0 ? new Size(columns, rows) : USUAL);
    raise(Signal.WINCH);
  }

  @Override
  public int getWidth() {
    return size.getColumns();
  }

  @Override
  public int getHeight() {
    return size.getRows();
  }

  @Override
  public boolean isAnsiSupported() {
    return true;
  }

  @Override
  public boolean isEchoEnabled() {
    return echo();
  }

  @Override
  public void setEchoEnabled(boolean enabled) {
    echo(enabled);
  }

  @Override
  public void addSignalListener(
      SignalListener listener, org.apache.karaf.shell.api.console.Signal... signals) {}

  @Override
  public void addSignalListener(
      SignalListener listener, EnumSet<org.apache.karaf.shell.api.console.Signal> signals) {}

  @Override
  public void addSignalListener(SignalListener listener) {}

  @Override
  public void removeSignalListener(SignalListener listener) {}
}
