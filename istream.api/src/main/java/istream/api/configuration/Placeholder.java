// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code $[env:NAME]} in a value. The framework puts the value of the variable there; where there
 * is none it leaves the text as it is, which must not be taken for a password or a host.
 *
 * @param source where the value was looked for
 * @param name of the variable
 */
record Placeholder(String source, String name) {
  private static final Pattern FORM =
      Pattern.compile("\\$\\[(env|secret|prop|conf):([^;\\]]*)[^\\]]*]");

  /** The first one that is left in a value. */
  static Optional<Placeholder> in(String value) {
    Matcher found = FORM.matcher(value);
    return found.find()
        ? Optional.of(new Placeholder(found.group(1), found.group(2)))
        : Optional.empty();
  }

  /** As it stands, without the directives after the name. */
  String text() {
    return "$[" + source + ":" + name + "]";
  }

  /** What would be right, in words for an error message. */
  String allowed() {
    String next =
        switch (source) {
          case "env" -> "set it in the environment of istream, and start that anew";
          case "secret" ->
              "write its value into a file of that name beside this one, and save this one anew";
          case "prop" -> "set it by -D" + name + "=… in ISTREAM_JAVA_OPTS, and start istream anew";
          default -> "write that key into the same file";
        };
    return "a variable that has a value; " + name + " has none: " + next;
  }
}
