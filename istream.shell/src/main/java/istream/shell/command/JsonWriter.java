// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes one JSON document (RFC 8259) as it goes, so that a long list needs no memory. Everything
 * outside printable ASCII is escaped: the document is the same in every character set, and nothing
 * that a camera says can steer a terminal. Confined to one thread.
 */
final class JsonWriter {
  private final PrintStream out;
  private boolean first = true;

  JsonWriter(PrintStream out) {
    this.out = out;
  }

  /** Begins an object, as a member's value or an element. */
  JsonWriter object() {
    return begin('{');
  }

  /** Ends the object that was begun last. */
  JsonWriter endObject() {
    return end('}');
  }

  /** Begins an array, as a member's value or an element. */
  JsonWriter array() {
    return begin('[');
  }

  /** Ends the array that was begun last. */
  JsonWriter endArray() {
    return end(']');
  }

  /** Names the member whose value comes next. */
  JsonWriter name(String name) {
    separate();
    quote(name);
    out.print(':');
    first = true;
    return this;
  }

  /** Writes a text; null is {@code null}. */
  JsonWriter value(String text) {
    separate();
    if (text == null) {
      out.print("null");
    } else {
      quote(text);
    }
    return this;
  }

  JsonWriter value(long number) {
    return literal(Long.toString(number));
  }

  /** Writes a number with at most three decimals; what is not finite is {@code null}. */
  JsonWriter value(double number) {
    return Double.isFinite(number) ? thousandths(Math.round(number * 1000)) : literal("null");
  }

  JsonWriter value(boolean flag) {
    return literal(Boolean.toString(flag));
  }

  /** Writes an instant as ISO 8601 in UTC. */
  JsonWriter value(Instant instant) {
    return value(instant.toString());
  }

  /** Writes a duration in seconds. */
  JsonWriter value(Duration duration) {
    return thousandths(duration.toMillis());
  }

  JsonWriter instant(Optional<Instant> instant) {
    return value(instant.map(Instant::toString).orElse(null));
  }

  /** Writes a duration in seconds, or {@code null}. */
  JsonWriter duration(Optional<Duration> duration) {
    return duration.isPresent() ? value(duration.get()) : literal("null");
  }

  JsonWriter number(OptionalLong number) {
    return number.isPresent() ? value(number.getAsLong()) : literal("null");
  }

  /** Writes a text, or {@code null} if it is empty. */
  JsonWriter unlessEmpty(String text) {
    return value(text.isEmpty() ? null : text);
  }

  /** Ends the line after the document. */
  void finish() {
    out.println();
    out.flush();
  }

  private JsonWriter thousandths(long thousandths) {
    BigDecimal number = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
    return literal(number.toPlainString());
  }

  private JsonWriter literal(String literal) {
    separate();
    out.print(literal);
    return this;
  }

  private JsonWriter begin(char bracket) {
    separate();
    out.print(bracket);
    first = true;
    return this;
  }

  private JsonWriter end(char bracket) {
    out.print(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      out.print(',');
    }
    first = false;
  }

  private void quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    out.print(quoted.append('"'));
  }
}
