// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One gap as one line of JSON (RFC 8259): an object whose values are strings. So small a language
 * needs no library; Karaf brings none that a bundle could rely on.
 */
final class GapLine {
  private static final Pattern MEMBER =
      Pattern.compile("\"([a-z]+)\":\"((?:[^\"\\\\]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*)\"");
  private static final Pattern LINE = Pattern.compile("\\{" + MEMBER + "(?:," + MEMBER + ")*\\}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|([\"\\\\]))");

  /** Longest line that is read or written; details are cut to fit. */
  static final int MOST_CHARACTERS = 4_000;

  private static final int MOST_DETAIL = 500;

  private GapLine() {}

  static String write(Gap gap) {
    StringBuilder line = new StringBuilder("{\"from\":\"").append(gap.from()).append('"');
    gap.to().ifPresent(to -> line.append(",\"to\":\"").append(to).append('"'));
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
    if (line.length() > MOST_CHARACTERS || !LINE.matcher(line).matches()) {
      return Optional.empty();
    }
    Map<String, String> members = new HashMap<>();
    Matcher member = MEMBER.matcher(line);
    while (member.find()) {
      members.put(member.group(1), unescape(member.group(2)));
    }
    try {
      Optional<Instant> to = Optional.ofNullable(members.get("to")).map(Instant::parse);
      String cause = members.getOrDefault("cause", "").toUpperCase(Locale.ROOT);
      return Optional.of(
          new Gap(
              camera,
              Instant.parse(members.getOrDefault("from", "")),
              to,
              GapCause.valueOf(cause),
              members.getOrDefault("detail", "")));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(2) != null
                        ? found.group(2)
                        : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
