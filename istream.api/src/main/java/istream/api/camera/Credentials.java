// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import java.util.Objects;

/**
 * A login. Never prints its password.
 *
 * @param user the user's name; empty for a camera without login
 * @param password the password, in clear; may be empty
 */
public record Credentials(String user, String password) {
  /** For a camera that asks for no login. */
  public static final Credentials NONE = new Credentials("", "");

  /** Refuses null. */
  public Credentials {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** Tells whether there is a user to log in as. */
  public boolean present() {
    return !user.isEmpty();
  }

  @Override
  public String toString() {
    return present() ? "Credentials[" + user + "]" : "Credentials[none]";
  }
}
