// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

/** A command could not do what was asked; the message tells a person what to do next. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
