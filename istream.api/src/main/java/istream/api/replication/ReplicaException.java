// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import java.util.Objects;

/** A replica does not do what was asked. */
public final class ReplicaException extends Exception {
  private static final long serialVersionUID = 1;

  /** Who has to do what before trying again can help. */
  public enum Kind {
    /** The connection is gone or was not made: a new one may help, at any time. */
    LINK,
    /** The server said no: permission, a path, a key. Helps when somebody changes something. */
    REFUSED,
    /** It is full, or a quota is used up: helps when something is deleted. */
    FULL,
    /** What lies there under a segment's name is not ours: only that segment is concerned. */
    FOREIGN
  }

  private final Kind kind;

  /**
   * Makes an exception.
   *
   * @param message names storage, server, cause, and the command or step that mends it
   */
  public ReplicaException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** Who has to do what before trying again can help. */
  public Kind kind() {
    return kind;
  }
}
