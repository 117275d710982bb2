// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.console.Session;

/**
 * Turns what stood after {@code --password} into a password: nothing asks on the terminal without
 * echo, {@code -} reads a line of standard input, anything else is the password itself, with a
 * warning. It is never printed.
 */
final class PasswordSource {
  /** Stands for an option without value. */
  static final String ASK = "";

  private static final int LONGEST = 1024;

  private final Session session;
  private final PrintStream err;

  PasswordSource(Session session, PrintStream err) {
    this.session = session;
    this.err = err;
  }

  /**
   * Returns the password; blocks while a person types.
   *
   * @param option the option's value; null if there was no such option
   * @throws CommandFailure if none is given, or standard input cannot be read
   */
  String password(String option, String user) throws CommandFailure {
    if (option == null) {
      return "";
    }
    try {
      if (option.equals(ASK)) {
        String typed = session.readLine("Password of " + Figures.plain(user) + ": ", '\0');
        if (typed == null) {
          throw new CommandFailure("no password was typed; --password - reads standard input");
        }
        return typed;
      }
      if (option.equals("-")) {
        return line(session.getKeyboard());
      }
    } catch (IOException e) {
      throw new CommandFailure("the password cannot be read: " + e.getMessage(), e);
    }
    err.println(
        "warning: others may see a password among the arguments, and your shell may keep it;"
            + " --password without a value asks for it");
    return option;
  }

  private static String line(InputStream in) throws IOException, CommandFailure {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() == LONGEST) {
        throw new CommandFailure("the password on standard input is longer than " + LONGEST);
      }
      line.write(b);
    }
    String password = line.toString(StandardCharsets.UTF_8);
    return password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
  }
}
