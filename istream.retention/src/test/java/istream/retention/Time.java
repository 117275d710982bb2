// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock and a monotonic time that tests move. */
final class Time extends Clock {
  Instant wall = Shelf.START.plusSeconds(3_600);
  long nanos;

  void pass(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
