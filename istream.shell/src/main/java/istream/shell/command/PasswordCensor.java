// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.Objects;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.shell.api.console.CommandLoggingFilter;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps passwords among the arguments out of the shell's history and out of its debug log. Karaf
 * masks options before the first argument of a line's last command, and shows a line whole that its
 * masking does not understand; so a line with a password is not remembered at all.
 */
@Component
public final class PasswordCensor implements CommandSessionListener, CommandLoggingFilter {
  private static final String OPTION = "--password";

  /** A variable of the line reader, which shares those of its session: patterns, with colons. */
  private static final String IGNORED = "history-ignore";

  private static final String PATTERN = "(?s)*" + OPTION + "*";

  /** Tells every session before its first command: Karaf runs a script before it reads a line. */
  @Override
  public void beforeExecute(CommandSession session, CharSequence command) {
    String ignored = Objects.toString(session.get(IGNORED), "");
    if (!ignored.contains(PATTERN)) {
      session.put(IGNORED, ignored.isEmpty() ? PATTERN : PATTERN + ":" + ignored);
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Exception exception) {
    // the history has decided before
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Object result) {
    // the history has decided before
  }

  @Override
  public CharSequence filter(CharSequence command) {
    String line = command.toString();
    int option = line.indexOf(OPTION);
    return option < 0 ? command : line.substring(0, option) + OPTION + " ***";
  }
}
