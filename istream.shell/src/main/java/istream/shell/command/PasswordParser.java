// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Lets {@code --password} stand without a value where it is the last word, or another option comes
 * next: the shell would refuse the one, and take the other for the password.
 */
@Service
public final class PasswordParser implements Parser {
  private static final String OPTION = "--password";
  private static final String EMPTY = "''";

  @Override
  public CommandLine parse(Session session, String line, int cursor) {
    return new DefaultParser().parse(session, line, cursor);
  }

  @Override
  public String preprocess(Session session, CommandLine line) {
    List<String> words = new ArrayList<>();
    for (String word : line.getArguments()) {
      boolean pending = !words.isEmpty() && isOption(words.get(words.size() - 1));
      if (pending && bare(word).startsWith("--")) {
        words.add(EMPTY);
      }
      words.add(word);
    }
    if (!words.isEmpty() && isOption(words.get(words.size() - 1))) {
      words.add(EMPTY);
    }
    return String.join(" ", words);
  }

  private static boolean isOption(String word) {
    return bare(word).equals(OPTION);
  }

  private static String bare(String word) {
    return word.replaceAll("^(['\"])(.*)\\1$", "$2");
  }
}
