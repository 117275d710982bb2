// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Instant;
import java.util.Objects;

/**
 * Which segments to list: those that overlap the time from {@code from} to {@code to}.
 *
 * @param camera an id, or empty for all
 * @param from first instant of interest
 * @param to first instant no longer of interest
 */
public record SegmentQuery(String camera, Instant from, Instant to) {
  /** Everything there is. */
  public static final SegmentQuery ALL = new SegmentQuery("", Instant.MIN, Instant.MAX);

  /** Refuses null. */
  public SegmentQuery {
    Objects.requireNonNull(camera, "camera");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  /** Everything of one camera, or of all if {@code camera} is empty. */
  public static SegmentQuery of(String camera) {
    return new SegmentQuery(camera, Instant.MIN, Instant.MAX);
  }
}
