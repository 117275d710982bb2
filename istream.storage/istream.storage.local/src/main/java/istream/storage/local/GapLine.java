// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One gap as one line of JSON (RFC 8259): an object whose values are strings. So small a language
 * needs no library; Karaf brings none that a bundle could rely on.
 */
final class GapLine {
  /** Longest line that is read or written; details are cut to fit. */
  static final int MOST_CHARACTERS = 4_000;

  private static final int MOST_DETAIL = 500;

  private GapLine() {}

  static String write(Gap gap) {
    StringBuilder line = new StringBuilder("{\"from\":\"").append(gap.from()).append('"');
    gap.to().ifPresent(to -> line.append(",\"to\":\"").append(to).append('"'));
    if (!gap.storage().isEmpty()) {
      line.append(",\"storage\":\"").append(gap.storage()).append('"');
    }
    String detail = gap.detail();
    line.append(",\"cause\":\"").append(gap.cause().word());
    line.append("\",\"detail\":\"");
    escape(detail.substring(0, Math.min(MOST_DETAIL, detail.length())), line);
    return line.append("\"}").toString();
  }

  private static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
  }

  /** The gap of a line; empty for one that is torn or not ours. */
  static Optional<Gap> parse(String camera, String line) {
    if (line.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      Map<String, String> members = new Reader(line).members();
      Optional<Instant> to = Optional.ofNullable(members.get("to")).map(Instant::parse);
      String cause = members.getOrDefault("cause", "").toUpperCase(Locale.ROOT);
      return Optional.of(
          new Gap(
              camera,
              Instant.parse(members.getOrDefault("from", "")),
              to,
              GapCause.valueOf(cause),
              members.getOrDefault("detail", ""),
              members.getOrDefault("storage", "")));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads a line in a loop: a regular expression takes stack for every character. */
  private static final class Reader {
    private final String line;
    private int at;

    Reader(String line) {
      this.line = line;
    }

    /**
     * All members of the object that the line is.
     *
     * @throws IllegalArgumentException if it is not one
     */
    Map<String, String> members() {
      Map<String, String> members = new HashMap<>();
      char before = '{';
      do {
        expect(before);
        String name = string();
        expect(':');
        members.put(name, string());
        before = ',';
      } while (at < line.length() && line.charAt(at) == before);
      expect('}');
      if (at < line.length()) {
        throw new IllegalArgumentException("more than an object");
      }
      return members;
    }

    private String string() {
      StringBuilder text = new StringBuilder();
      expect('"');
      for (char c = next(); c != '"'; c = next()) {
        text.append(c == '\\' ? escaped() : c);
      }
      return text.toString();
    }

    private char escaped() {
      char c = next();
      if (c == 'u') {
        char[] digits = {next(), next(), next(), next()};
        return (char) HexFormat.fromHexDigits(new String(digits));
      }
      if (c != '"' && c != '\\') {
        throw new IllegalArgumentException("an escape that is not written");
      }
      return c;
    }

    private void expect(char wanted) {
      if (next() != wanted) {
        throw new IllegalArgumentException("no " + wanted);
      }
    }

    private char next() {
      if (at == line.length()) {
        throw new IllegalArgumentException("torn");
      }
      return line.charAt(at++);
    }
  }
}
