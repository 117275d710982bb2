// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What begins with an ampersand: a reference to a character, or an ampersand that stands bare. */
final class References {
  /** A bit more than the bytes that are read at all: escapes could make six of one. */
  private static final int MOST_CHARACTERS = 600_000;

  private static final Pattern REFERENCE =
      Pattern.compile("&(?:(amp|lt|gt|quot|apos|nbsp)|#(?:(\\d{1,9})|[xX]([0-9a-fA-F]{1,8})));");

  private References() {}

  /** Appends a piece of text so that it is read as what it means, and as text only. */
  static void append(String text, int from, int to, StringBuilder mended) throws ExcessiveXml {
    Matcher reference = REFERENCE.matcher(text).region(from, to);
    int done = from;
    while (reference.find()) {
      literal(text, done, reference.start(), mended);
      String meant = reference.group(1) == null ? character(reference) : named(reference.group(1));
      literal(meant, 0, meant.length(), mended);
      done = reference.end();
    }
    literal(text, done, to, mended);
  }

  /** Appends a piece of text as it stands. */
  static void literal(String text, int from, int to, StringBuilder mended) throws ExcessiveXml {
    for (int i = from; i < to; i++) {
      if (mended.length() > MOST_CHARACTERS) {
        throw new ExcessiveXml("written out, it has more than " + MOST_CHARACTERS + " characters");
      }
      char c = text.charAt(i);
      switch (c) {
        case '&' -> mended.append("&amp;");
        case '<' -> mended.append("&lt;");
        case '"' -> mended.append("&quot;");
        default -> mended.append(c);
      }
    }
  }

  private static String named(String name) {
    return switch (name) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "nbsp" -> " ";
      default -> "'";
    };
  }

  private static String character(Matcher reference) {
    String decimal = reference.group(2);
    long code = decimal == null ? Long.parseLong(reference.group(3), 16) : Long.parseLong(decimal);
    boolean character = code > 0 && code <= Character.MAX_CODE_POINT && !surrogate(code);
    return character ? Character.toString((int) code) : "\uFFFD";
  }

  private static boolean surrogate(long code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }
}
