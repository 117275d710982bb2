// SPDX-License-Identifier: Apache-2.0
package istream.recorder.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a monotonic one, both set by hand. */
final class HandClock extends Clock {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  long nanos;
  long wallAheadNanos;

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos + wallAheadNanos);
  }

  long nanos() {
    return nanos;
  }
}
