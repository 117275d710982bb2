// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a device says of itself in its scopes. */
final class Scopes {
  private static final String ONVIF = "onvif://www.onvif.org/";
  private static final int LONGEST_TEXT = 64;
  private static final int LONGEST = 256;
  private static final int MOST = 64;

  private Scopes() {}

  /** The scopes of a text; a blank that a device forgot to escape does not end one. */
  static List<String> split(String text) {
    return Stream.of(text.split("\\s+(?=[A-Za-z][A-Za-z0-9+.-]*:\\S)", -1))
        .map(scope -> scope.strip().replaceAll("\\s+", " "))
        .filter(scope -> !scope.isEmpty())
        .map(scope -> Cut.at(LONGEST, scope))
        .limit(MOST)
        .toList();
  }

  /** What the first of a kind says, in clear; empty if none does. */
  static String value(String kind, List<String> scopes) {
    String start = ONVIF + kind + "/";
    return scopes.stream()
        .filter(scope -> scope.toLowerCase(Locale.ROOT).startsWith(start))
        .map(scope -> decoded(scope.substring(start.length())))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Without escapes, control characters and blanks around it. */
  private static String decoded(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); ) {
      int code = hex(escaped, i);
      int end = code >= 0 ? i + 3 : escaped.offsetByCodePoints(i, 1);
      if (code >= 0) {
        bytes.write(code);
      } else {
        bytes.writeBytes(escaped.substring(i, end).getBytes(StandardCharsets.UTF_8));
      }
      i = end;
    }
    String text = bytes.toString(StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return Cut.at(LONGEST_TEXT, text.strip());
  }

  /** The byte that is escaped there; -1 if none is. */
  private static int hex(String text, int at) {
    if (text.charAt(at) != '%' || at + 3 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
