// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import java.util.List;

/** Writes a command so that the shell's parser reads back exactly the words it was given. */
final class CommandLine {
  private CommandLine() {}

  static String of(String command, List<String> arguments) {
    StringBuilder line = new StringBuilder("istream:").append(command);
    for (String argument : arguments) {
      // between apostrophes nothing is special; an apostrophe stands outside them, escaped
      line.append(" '").append(argument.replace("'", "'\\''")).append('\'');
    }
    return line.toString();
  }
}
