// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.time.Duration;
import java.time.Instant;

/**
 * How long what is tried for a while is tried: short by default, at length with {@code
 * -Distream.long=true}.
 */
final class Lengths {
  private static final boolean LONG = Boolean.getBoolean("istream.long");

  private Lengths() {}

  /** One of two lengths. */
  static int of(int usual, int atLength) {
    return LONG ? atLength : usual;
  }

  /** Lets a time pass that is part of what is tried. */
  static void pass(Duration time) throws Exception {
    Instant end = Instant.now().plus(time);
    Wait.closely("time passes", time.plusSeconds(5), () -> Instant.now().isAfter(end));
  }

  /** The same in seconds. */
  static void passSeconds(double seconds) throws Exception {
    pass(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
