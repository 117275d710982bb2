// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key {@code enabled} in the text of a configuration file (the format of {@link
 * java.util.Properties}). Changes that line and nothing else: comments, order and line endings
 * stay.
 */
final class EnabledLine {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?s)([ \\t\\f]*enabled(?:[ \\t\\f]*[=:][ \\t\\f]*|[ \\t\\f]+))(.*?)(\\R?)");
  private static final Pattern BARE = Pattern.compile("([ \\t\\f]*enabled)[ \\t\\f]*(\\R?)");
  private static final Pattern COMMENT = Pattern.compile("(?s)[ \\t\\f]*[#!].*");
  private static final Pattern CONTINUED =
      Pattern.compile("(?s)(?:.*[^\\\\])?(?:\\\\\\\\)*\\\\\\R");

  private EnabledLine() {}

  /** Returns the text with the key set; the same text if it says so already. */
  static String set(String text, boolean enabled) {
    String value = Boolean.toString(enabled);
    StringBuilder changed = new StringBuilder(text.length() + 20);
    boolean found = false;
    for (String line : logicalLines(text)) {
      Matcher bare = BARE.matcher(line);
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (bare.matches()) {
        found = true;
        changed.append(bare.group(1)).append(" = ").append(value).append(bare.group(2));
      } else if (assignment.matches()) {
        found = true;
        boolean same = assignment.group(2).strip().equals(value);
        changed.append(
            same ? line : assignment.group(1).stripTrailing() + blank(assignment) + value);
        changed.append(same ? "" : assignment.group(3));
      } else {
        changed.append(line);
      }
    }
    // a file without the key is enabled: that is the default
    return found || enabled ? changed.toString() : append(text, value);
  }

  private static String blank(Matcher assignment) {
    String key = assignment.group(1);
    return key.substring(key.stripTrailing().length());
  }

  private static String append(String text, String value) {
    String ending = text.contains("\r\n") ? "\r\n" : "\n";
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : ending;
    // a backslash at the very end would swallow the new line: an empty one ends what it begins
    boolean dangling = CONTINUED.matcher(text.stripTrailing() + "\n").matches();
    return text + separator + (dangling ? ending : "") + "enabled = " + value + ending;
  }

  /** Lines with their endings; a line that ends with a backslash goes on in the next. */
  private static List<String> logicalLines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    Matcher next = Pattern.compile("[^\\r\\n]*(?:\\r\\n|\\r|\\n)|[^\\r\\n]+").matcher(text);
    while (next.find()) {
      boolean begins = line.isEmpty();
      line.append(next.group());
      boolean comment = begins && COMMENT.matcher(line).matches();
      if (comment || !CONTINUED.matcher(next.group()).matches()) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
