// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Figures as a person reads them. */
final class Figures {
  /** Stands for what is not known. */
  static final String UNKNOWN = "?";

  private static final String[] PREFIXES = {"k", "M", "G", "T", "P", "E"};
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private Figures() {}

  /** Such as {@code 1.4 GB}, in powers of ten. */
  static String bytes(long bytes) {
    return scaled(bytes, "B");
  }

  static String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? bytes(bytes.getAsLong()) : UNKNOWN;
  }

  /** Such as {@code 4.1 Mbit/s}. */
  static String rate(long bitsPerSecond) {
    return scaled(bitsPerSecond, "bit/s");
  }

  /** With one decimal. */
  static String decimal(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.1f", number) : UNKNOWN;
  }

  /** Such as {@code 0.8 s}, {@code 5 min 03 s}, {@code 2 h 05 min}, {@code 3 d 04 h}. */
  static String duration(Duration duration) {
    Duration length = duration.isNegative() ? Duration.ZERO : duration;
    if (length.toMillis() < 9_950) {
      return decimal(length.toMillis() / 1000.0) + " s";
    }
    long seconds = (length.toMillis() + 500) / 1000;
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    long minutes = seconds / 60;
    return minutes < 24 * 60
        ? two(minutes / 60, "h", minutes % 60, "min")
        : two(minutes / (24 * 60), "d", minutes / 60 % 24, "h");
  }

  /** Such as {@code 0.8 s ago}. */
  static String ago(Optional<Instant> then, Instant now) {
    return then.map(t -> duration(Duration.between(t, now)) + " ago").orElse(UNKNOWN);
  }

  /** To the second, in UTC. */
  static String stamp(Instant instant) {
    return STAMP.format(instant);
  }

  /** A number and its noun, which gets an {@code s} when there is not just one. */
  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** Without control characters: what a camera or a server says must not steer a terminal. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]", " ");
  }

  private static String two(long major, String majorUnit, long minor, String minorUnit) {
    return String.format(Locale.ROOT, "%d %s %02d %s", major, majorUnit, minor, minorUnit);
  }

  private static String scaled(long number, String unit) {
    if (number < 1000) {
      return number + " " + unit;
    }
    double scaled = number / 1000.0;
    int prefix = 0;
    while (scaled >= 999.95 && prefix < PREFIXES.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    return decimal(scaled) + " " + PREFIXES[prefix] + unit;
  }
}
