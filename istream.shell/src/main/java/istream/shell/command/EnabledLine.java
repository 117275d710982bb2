// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

/** The key {@code enabled} in the text of a camera's file. */
final class EnabledLine {
  private static final KeyLine LINE = new KeyLine("enabled");

  private EnabledLine() {}

  /** Returns the text with the key set; the same text if it says so already. */
  static String set(String text, boolean enabled) {
    // a file without the key is enabled: that is the default
    return LINE.set(text, Boolean.toString(enabled), !enabled);
  }
}
