// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.karaf.shell.support.CommandException;

/**
 * Reads the options that stand after the first argument: the shell itself takes every word from
 * there on as an argument, and people write {@code probe URL --seconds 2}.
 */
final class LateOptions {
  private final Map<String, Runnable> flags = new HashMap<>();
  private final Map<String, Consumer<String>> values = new HashMap<>();
  private final Map<String, String> substitutes = new HashMap<>();

  /** An option without value. */
  LateOptions flag(String name, Runnable action) {
    flags.put(name, action);
    return this;
  }

  /** An option with a value. */
  LateOptions value(String name, Consumer<String> action) {
    values.put(name, action);
    return this;
  }

  /** An option whose value may be missing. */
  LateOptions value(String name, Consumer<String> action, String whenMissing) {
    substitutes.put(name, whenMissing);
    return value(name, action);
  }

  /**
   * Runs the actions of the options among the words.
   *
   * @return the words that are neither an option nor its value
   * @throws CommandException if an option is unknown or lacks its value
   */
  List<String> arguments(List<String> words) throws CommandException {
    List<String> arguments = new ArrayList<>();
    for (ListIterator<String> rest = words.listIterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (!word.startsWith("--")) {
        arguments.add(word);
        continue;
      }
      int split = word.indexOf('=');
      String name = split < 0 ? word : word.substring(0, split);
      if (split < 0 && flags.containsKey(name)) {
        flags.get(name).run();
      } else if (values.containsKey(name)) {
        values.get(name).accept(split < 0 ? next(name, rest) : word.substring(split + 1));
      } else {
        throw new CommandException("unknown option " + Figures.plain(name) + "; see --help");
      }
    }
    return arguments;
  }

  private String next(String name, ListIterator<String> rest) throws CommandException {
    if (substitutes.containsKey(name) && (!rest.hasNext() || peek(rest).startsWith("--"))) {
      return substitutes.get(name);
    }
    if (!rest.hasNext()) {
      throw new CommandException("option " + name + " lacks its value; see --help");
    }
    return rest.next();
  }

  private static String peek(ListIterator<String> rest) {
    String next = rest.next();
    rest.previous();
    return next;
  }
}
