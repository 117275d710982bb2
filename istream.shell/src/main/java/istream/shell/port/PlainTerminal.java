// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import java.util.EnumSet;
import org.apache.karaf.shell.api.console.Signal;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;

/** What a single command may know of where it prints to: a page, and no signals. */
final class PlainTerminal implements Terminal {
  private static final int WIDTH = 80;
  private static final int HEIGHT = 24;

  @Override
  public String getType() {
    return "dumb";
  }

  @Override
  public int getWidth() {
    return WIDTH;
  }

  @Override
  public int getHeight() {
    return HEIGHT;
  }

  @Override
  public boolean isAnsiSupported() {
    return false;
  }

  @Override
  public boolean isEchoEnabled() {
    return true;
  }

  @Override
  public void setEchoEnabled(boolean enabled) {}

  @Override
  public void addSignalListener(SignalListener listener, Signal... signals) {}

  @Override
  public void addSignalListener(SignalListener listener, EnumSet<Signal> signals) {}

  @Override
  public void addSignalListener(SignalListener listener) {}

  @Override
  public void removeSignalListener(SignalListener listener) {}
}
