// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeArgumentTest {
  private final TimeArgument times =
      new TimeArgument(
          Clock.fixed(Instant.parse("2026-11-23T22:35:10Z"), ZoneId.of("Europe/Vienna")));

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:00:00Z,2026-11-23T10:00:00Z",
    "2026-11-23T10:00:00.25+02:00,2026-11-23T08:00:00.25Z",
    "2026-11-23T10:00,2026-11-23T09:00:00Z",
    "2026-07-23 10:00:05,2026-07-23T08:00:05Z",
    "2026-11-23,2026-11-22T23:00:00Z",
    "now,2026-11-23T22:35:10Z",
    "-2h,2026-11-23T20:35:10Z",
    "-30m,2026-11-23T22:05:10Z",
    "-1d12h,2026-11-22T10:35:10Z",
    "-10S,2026-11-23T22:35:00Z"
  })
  void understands(String text, Instant expected) throws CommandException {
    assertEquals(expected, times.parse("--from", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "yesterday", "2h", "-2x", "2026-13-01", "10:00", "-99999999d"})
  void refusesWithExamples(String text) {
    CommandException refusal =
        assertThrows(CommandException.class, () -> times.parse("--from", text));
    assertTrue(refusal.getMessage().contains("--from \"" + text + "\""), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("-2h"), refusal.getMessage());
  }

  @Test
  void refusesATimeThatEndsBeforeItBegins() {
    Clock clock = Clock.systemUTC();
    assertThrows(
        CommandException.class,
        () -> new QueryArguments(clock).query("front", "-1h", "-2h", false));
  }
}
