// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Our time, and a device's.
 *
 * @param ours the clock of this machine
 * @param skew by how much the device's is ahead
 */
record Times(Clock ours, Duration skew) {
  /** What devices let pass, and an answer takes. */
  private static final Duration SAME = Duration.ofSeconds(2);

  Instant now() {
    return ours.instant();
  }

  Instant theirs() {
    return now().plus(skew);
  }

  boolean differ() {
    return skew.abs().compareTo(SAME) > 0;
  }
}
