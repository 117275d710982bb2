// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.onvif.http.HttpAnswer;
import istream.onvif.xml.Node;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a device says the time is. Nothing that it says makes this throw. */
final class CameraClock {
  private static final Pattern NUMBER = Pattern.compile("\\s*\\+?([0-9]{1,4})(?![0-9]).*");
  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[^0-9]+"
              + "([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?.*");

  private CameraClock() {}

  /** Its clock, as the answer to GetSystemDateAndTime has it, else as HTTP has it. */
  static Optional<Instant> read(Node document, HttpAnswer answer) {
    return stated(document, "UTCDateTime")
        // of the devices that state nothing else, some mean UTC
        .or(() -> stated(document, "LocalDateTime"))
        .or(() -> header(answer));
  }

  private static Optional<Instant> stated(Node document, String name) {
    return document.first(name).flatMap(CameraClock::instant);
  }

  private static Optional<Instant> instant(Node node) {
    int[] parts = {
      number(node, "Year"), number(node, "Month"), number(node, "Day"),
      number(node, "Hour"), number(node, "Minute"), number(node, "Second")
    };
    if (parts[0] >= 0 && parts[2] >= 0) {
      return instant(parts);
    }
    Matcher text = TEXT.matcher(node.text());
    if (!text.find()) {
      return Optional.empty();
    }
    for (int i = 0; i < parts.length; i++) {
      parts[i] = text.group(i + 1) == null ? 0 : Integer.parseInt(text.group(i + 1));
    }
    return instant(parts);
  }

  /** Minute 61 is one minute past the hour; month 0 is how January looks to those that count so. */
  private static Optional<Instant> instant(int[] parts) {
    try {
      Instant instant =
          LocalDateTime.of(parts[0], 1, 1, 0, 0)
              .plusMonths(Math.max(parts[1], 1) - 1L)
              .plusDays(Math.max(parts[2], 1) - 1L)
              .plusHours(Math.max(parts[3], 0))
              .plusMinutes(Math.max(parts[4], 0))
              .plusSeconds(Math.max(parts[5], 0))
              .toInstant(ZoneOffset.UTC);
      int year = instant.atZone(ZoneOffset.UTC).getYear();
      return year > 0 && year <= 9999 ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private static int number(Node node, String name) {
    Matcher number = NUMBER.matcher(node.text(name));
    return number.matches() ? Integer.parseInt(number.group(1)) : -1;
  }

  private static Optional<Instant> header(HttpAnswer answer) {
    return answer.all("date").stream().flatMap(date -> parsed(date).stream()).findFirst();
  }

  private static Optional<Instant> parsed(String date) {
    try {
      DateTimeFormatter form = DateTimeFormatter.RFC_1123_DATE_TIME;
      return Optional.of(ZonedDateTime.parse(date.strip(), form).toInstant());
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
