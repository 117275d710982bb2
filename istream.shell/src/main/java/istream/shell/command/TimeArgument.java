// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.support.CommandException;

/**
 * A time as a person types it: an ISO 8601 instant, a local date-time or date in the zone of the
 * clock, {@code now}, or how long ago.
 */
final class TimeArgument {
  /** For help texts. */
  static final String FORMS =
      "2026-11-23T22:35:00Z, or 2026-11-23T22:35 or 2026-11-23 (local time), or -2h, -1d12h, now";

  private static final Pattern AGO =
      Pattern.compile("-(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?");

  private final Clock clock;

  /** The clock's zone is that of local times. */
  TimeArgument(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads the value of an option.
   *
   * @throws CommandException if it is none of the forms; shows examples
   */
  Instant parse(String option, String text) throws CommandException {
    String time = text.strip();
    if (time.equalsIgnoreCase("now")) {
      return clock.instant();
    }
    Matcher ago = AGO.matcher(time.toLowerCase(Locale.ROOT));
    try {
      if (time.length() > 1 && ago.matches()) {
        return clock.instant().minus(length(ago));
      }
      return absolute(time.replaceFirst("(?<=\\d) (?=\\d)", "T"));
    } catch (DateTimeException e) {
      throw new CommandException(
          option + " \"" + text + "\" is not a time; such as " + FORMS, (Throwable) e);
    }
  }

  private static Duration length(Matcher ago) {
    return Duration.ofDays(number(ago.group(1)))
        .plusHours(number(ago.group(2)))
        .plusMinutes(number(ago.group(3)))
        .plusSeconds(number(ago.group(4)));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private Instant absolute(String time) {
    if (!time.contains("T")) {
      return LocalDate.parse(time).atStartOfDay(clock.getZone()).toInstant();
    }
    if (time.matches(".*T.*([Zz]|[+-]\\d\\d(:?\\d\\d)?)")) {
      return OffsetDateTime.parse(time).toInstant();
    }
    return LocalDateTime.parse(time).atZone(clock.getZone()).toInstant();
  }
}
