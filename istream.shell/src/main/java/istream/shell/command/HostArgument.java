// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.regex.Pattern;
import org.apache.karaf.shell.support.CommandException;

/** Refuses hosts that nobody can be asked at, without repeating a login in them. */
final class HostArgument {
  private static final Pattern SURE =
      Pattern.compile("(?i)(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?::[0-9]{1,5})?|https?://[^@]*)");
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)(?:https?://)?(?:[\\p{L}\\p{N}._-]+|\\[?[0-9a-f:.]+(?:%[a-z0-9._-]+)?\\]?)"
              + "(?::[0-9]{1,5})?(?:/.*)?");

  private HostArgument() {}

  /** Whether the word can hardly be anything else. */
  static boolean looksLikeHost(String word) {
    return SURE.matcher(word).matches();
  }

  /**
   * Refuses what is no host.
   *
   * @throws CommandException if it holds a login or is none of the forms
   */
  static void require(String host) throws CommandException {
    if (host.contains("@")) {
      throw new CommandException(
          "a login in an address would end up in logs: give --user USER --password instead");
    }
    if (!FORM.matcher(host).matches()) {
      throw new CommandException(
          "\""
              + Figures.plain(host)
              + "\" is not HOST, HOST:PORT or http://HOST:PORT/PATH, such as 192.0.2.7");
    }
  }
}
