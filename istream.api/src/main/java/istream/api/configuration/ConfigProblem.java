// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

/**
 * One value of a configuration file that cannot be used.
 *
 * @param file the file's name without directory, such as {@code istream.camera-front.cfg}
 * @param key the key as it stands in the file
 * @param value the refused value; {@code ***} for a secret, empty for a missing one
 * @param allowed what may stand there, in words
 */
public record ConfigProblem(String file, String key, String value, String allowed) {
  /** One line for a log or a status: file, key, value and what is allowed. */
  public String message() {
    String refused = value.isEmpty() ? "is missing" : "\"" + value + "\" cannot be used";
    return file + ": " + key + " " + refused + "; allowed: " + allowed;
  }
}
