// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.util.Set;

/**
 * Reads one tag, from its name on. A tag ends where it is closed, or where the next one begins;
 * values have any quotes or none.
 */
final class TagReader {
  private static final int MOST = 256;
  private static final String QUOTES = "\"'\u2018\u2019\u201C\u201D\u201E\u201F";

  private final String text;
  private int at;

  TagReader(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** Whether a name may begin with the character. */
  static boolean begins(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /** Where it is. */
  int at() {
    return at;
  }

  /** A name without its prefix; empty if there is none. */
  String name() {
    int start = at;
    while (at < text.length() && named(text.charAt(at))) {
      at++;
    }
    int end = at;
    while (end > start && text.charAt(end - 1) == ':') {
      end--;
    }
    String name = text.substring(start, end);
    String local = name.substring(name.lastIndexOf(':') + 1);
    return local.isEmpty() || begins(local.charAt(0)) ? local : name.replace(':', '_');
  }

  private static boolean named(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
  }

  /**
   * Appends the attributes, each once and no more than 256, and goes behind the end of the tag.
   *
   * @return how the tag ended: {@code >}, {@code /} for an empty element, {@code <} if it was not
   *     closed
   */
  char attributes(StringBuilder mended, Set<String> seen) throws ExcessiveXml {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '<') {
        return c;
      } else if (c == '>') {
        at++;
        return text.charAt(at - 2) == '/' ? '/' : '>';
      } else if (begins(c)) {
        attribute(mended, seen);
      } else {
        at++;
      }
    }
    return '<';
  }

  private void attribute(StringBuilder mended, Set<String> seen) throws ExcessiveXml {
    boolean declaration = text.startsWith("xmlns", at);
    String name = name();
    blanks();
    int from = at;
    int to = at;
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      blanks();
      from = at < text.length() && quote(at) ? ++at : at;
      to = valueEnd(from);
      at = to < text.length() && quote(to) ? to + 1 : to;
    }
    if (!declaration && seen.size() < MOST && seen.add(name)) {
      mended.append(' ').append(name).append("=\"");
      References.append(text, from, to, mended);
      mended.append('"');
    }
  }

  private int valueEnd(int from) {
    boolean quoted = from > 0 && quote(from - 1);
    int closing = quoted ? closing(from) : -1;
    if (closing >= 0) {
      return closing;
    }
    int end = from;
    while (end < text.length() && !ends(text.charAt(end), quoted)) {
      end++;
    }
    boolean empty = end > from && end < text.length() && text.charAt(end - 1) == '/';
    return empty && text.charAt(end) == '>' ? end - 1 : end;
  }

  private static boolean ends(char c, boolean quoted) {
    return c == '<' || c == '>' || (!quoted && Character.isWhitespace(c)) || QUOTES.indexOf(c) >= 0;
  }

  /** Where the quotes are closed before the next tag, by the same ones or others; -1 if nowhere. */
  private int closing(int from) {
    char opening = text.charAt(from - 1);
    boolean straight = opening == '"' || opening == '\'';
    int other = -1;
    for (int i = from; i < text.length() && text.charAt(i) != '<'; i++) {
      if (straight ? text.charAt(i) == opening : quote(i)) {
        return other >= 0 && text.charAt(i - 1) == '=' ? other : i;
      }
      if (other < 0 && quote(i) && followed(i + 1)) {
        other = i;
      }
    }
    return other;
  }

  /** Whether the tag goes on, or ends, at a place. */
  private boolean followed(int place) {
    char c = place < text.length() ? text.charAt(place) : '>';
    return Character.isWhitespace(c) || c == '>' || c == '/' || c == '?';
  }

  private boolean quote(int place) {
    return QUOTES.indexOf(text.charAt(place)) >= 0;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
