// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key in the text of a configuration file (the format of {@link java.util.Properties}). Changes
 * its line and nothing else: comments, order and line endings stay.
 */
final class KeyLine {
  private static final Pattern COMMENT = Pattern.compile("(?s)[ \\t\\f]*[#!].*");
  private static final Pattern CONTINUED =
      Pattern.compile("(?s)(?:.*[^\\\\])?(?:\\\\\\\\)*\\\\\\R");
  private static final Pattern LINE = Pattern.compile("[^\\r\\n]*(?:\\r\\n|\\r|\\n)|[^\\r\\n]+");

  private final Pattern assigned;
  private final Pattern bare;
  private final String key;

  KeyLine(String key) {
    this.key = key;
    String begin = "[ \\t\\f]*" + Pattern.quote(key);
    assigned =
        Pattern.compile("(?s)(" + begin + "(?:[ \\t\\f]*[=:][ \\t\\f]*|[ \\t\\f]+))(.*?)(\\R?)");
    bare = Pattern.compile("(" + begin + ")[ \\t\\f]*(\\R?)");
  }

  /**
   * Returns the text with the key set; the same text if it says so already.
   *
   * @param value as it is to stand in the file
   * @param append whether a text without the key gets it
   */
  String set(String text, String value, boolean append) {
    StringBuilder changed = new StringBuilder(text.length() + 20);
    boolean found = false;
    for (String line : logicalLines(text)) {
      String fresh = changed(line, value);
      found |= fresh != null;
      changed.append(fresh == null ? line : fresh);
    }
    return found || !append ? changed.toString() : appended(text, value);
  }

  /** The line with the value; null if it is another key's. */
  private String changed(String line, String value) {
    Matcher alone = bare.matcher(line);
    if (alone.matches()) {
      return alone.group(1) + " = " + value + alone.group(2);
    }
    Matcher whole = assigned.matcher(line);
    if (!whole.matches()) {
      return null;
    }
    boolean same = whole.group(2).strip().equals(value);
    return same ? line : whole.group(1) + value + whole.group(3);
  }

  private String appended(String text, String value) {
    String ending = text.contains("\r\n") ? "\r\n" : "\n";
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : ending;
    // a backslash at the very end would swallow the new line: an empty one ends what it begins
    boolean dangling = CONTINUED.matcher(text.stripTrailing() + "\n").matches();
    return text + separator + (dangling ? ending : "") + key + " = " + value + ending;
  }

  /** Lines with their endings; a line that ends with a backslash goes on in the next. */
  private static List<String> logicalLines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    Matcher next = LINE.matcher(text);
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
