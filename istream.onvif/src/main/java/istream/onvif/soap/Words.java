// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import java.util.Locale;

/** What devices say, as it may stand in a message. */
final class Words {
  private static final int MOST = 200;

  private Words() {}

  /** In quotes, without control characters, and not longer than a person reads. */
  static String quoted(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(100L * MOST)
        .forEach(c -> plain.appendCodePoint(unprintable(c) ? ' ' : c));
    String words = plain.toString().replaceAll("\\s+", " ").strip();
    return '"' + (words.length() <= MOST ? words : around(words)) + '"';
  }

  /** Keeps what is said of attempts that are left, wherever that stands. */
  private static String around(String words) {
    int attempts = words.toLowerCase(Locale.ROOT).indexOf("attempt");
    int from = attempts < MOST ? 0 : attempts - MOST / 2;
    String part = words.substring(from, Math.min(words.length(), from + MOST)).strip();
    return (from == 0 ? "" : "…") + part + "…";
  }

  /** Also what reverses the direction of a text, or has no meaning. */
  private static boolean unprintable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
