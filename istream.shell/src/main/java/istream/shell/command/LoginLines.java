// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.Credentials;

/** The keys {@code user} and {@code .password} in the text of a camera's file. */
final class LoginLines {
  private static final KeyLine USER = new KeyLine("user");
  private static final KeyLine PASSWORD = new KeyLine(".password");

  private LoginLines() {}

  /**
   * Refuses a login that a file cannot hold.
   *
   * @throws CommandFailure with the way round, and without the password
   */
  static void require(Credentials login) throws CommandFailure {
    if (!PropertyText.holds(login.user())) {
      throw new CommandFailure(
          "the user \""
              + Figures.plain(login.user())
              + "\" cannot stand in a camera's file: it begins or ends with a blank, or holds $[ or"
              + " a control character; give the camera another user");
    }
    String password = login.password();
    if (!PropertyText.holds(password)) {
      throw new CommandFailure(
          password.equals(password.strip())
              ? "a password with $[ or a control character cannot stand in a camera's file: write"
                  + " it into a file beside that, such as etc/front-password, and .password ="
                  + " $[secret:front-password] into the camera's file, or name a variable of the"
                  + " environment by $[env:NAME]"
              : "a password that begins or ends with a blank cannot be kept, not even by"
                  + " $[secret:name] or $[env:NAME]; change it in the camera");
    }
  }

  /** Returns the text with the login in it. */
  static String set(String text, Credentials login) {
    String named = USER.set(text, PropertyText.of(login.user()), true);
    String password = PropertyText.of(login.password());
    return PASSWORD.set(named, password, !password.isEmpty());
  }
}
