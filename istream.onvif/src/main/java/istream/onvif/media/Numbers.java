// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and texts of cameras; nothing here throws, and what is no number is 0. */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("\\s*\\+?(\\d{1,9}(?:[.,]\\d{1,9})?)");
  private static final int MOST_PIXELS = 65_535;
  private static final int MOST_PORT = 65_535;

  private Numbers() {}

  /** A positive number; 0 if it is none. */
  static double decimal(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.lookingAt() ? Double.parseDouble(number.group(1).replace(',', '.')) : 0;
  }

  /** A number of pixels; 0 if it cannot be one. */
  static int pixels(String text) {
    double pixels = decimal(text);
    return pixels <= MOST_PIXELS ? (int) pixels : 0;
  }

  /** A port; 0 if it cannot be one. */
  static int port(String text) {
    double port = text.matches("\\s*\\d{1,9}\\s*") ? decimal(text) : 0;
    return port <= MOST_PORT ? (int) port : 0;
  }

  /** At most so many characters of it. */
  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
