// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A time without footage: anywhere, or on one storage that should have a copy.
 *
 * @param camera the camera's id
 * @param from end of the last frame before it
 * @param to start of the first frame after it; empty while it lasts
 * @param cause why
 * @param detail why, for a person; may be empty
 * @param storage id of the replica that has none; empty if it was recorded nowhere
 */
public record Gap(
    String camera,
    Instant from,
    Optional<Instant> to,
    GapCause cause,
    String detail,
    String storage) {
  /** A time of which nothing was recorded. */
  public Gap(String camera, Instant from, Optional<Instant> to, GapCause cause, String detail) {
    this(camera, from, to, cause, detail, "");
  }

  /** Refuses null. */
  public Gap {
    Objects.requireNonNull(camera, "camera");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(storage, "storage");
  }
}
