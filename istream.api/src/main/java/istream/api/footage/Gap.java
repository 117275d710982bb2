// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A time without footage.
 *
 * @param camera the camera's id
 * @param from end of the last frame before it
 * @param to start of the first frame after it; empty while it lasts
 * @param cause why
 * @param detail why, for a person; may be empty
 */
public record Gap(
    String camera, Instant from, Optional<Instant> to, GapCause cause, String detail) {
  /** Refuses null. */
  public Gap {
    Objects.requireNonNull(camera, "camera");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(detail, "detail");
  }
}
