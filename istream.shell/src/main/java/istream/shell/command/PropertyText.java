// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.regex.Pattern;

/**
 * A value in a configuration file, so that the framework reads back exactly what was meant. It
 * reads in three passes: escapes of characters, then variables in braces, then those in brackets.
 */
final class PropertyText {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\{}]");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\{}])");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private PropertyText() {}

  /**
   * Whether a file can say this: what looks like the beginning of a variable cannot be told from
   * one, and blanks at the ends are lost.
   */
  static boolean holds(String value) {
    return value.equals(value.strip()) && !value.contains("$[") && !CONTROL.matcher(value).find();
  }

  /** As it is to stand in a file, in ASCII. The value is one that a file can say. */
  static String of(String value) {
    String plain = SPECIAL.matcher(value.replace("$__", "$____")).replaceAll("\\\\$0");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '\\') {
        text.append("\\\\");
      } else if (c >= ' ' && c <= '~') {
        text.append(c);
      } else {
        text.append(String.format("\\u%04x", (int) c));
      }
    }
    return text.toString();
  }

  /** What a value means whose escapes of characters are resolved already. */
  static String meaning(String value) {
    return ESCAPED.matcher(value.replace("$__", "$")).replaceAll("$1").strip();
  }
}
