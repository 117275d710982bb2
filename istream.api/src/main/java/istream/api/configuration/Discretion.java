// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

import java.util.regex.Pattern;

/** Tells by its looks what must not be shown: rather too much than too little. */
final class Discretion {
  /** Stands for what is not shown. */
  static final String HIDDEN = "***";

  private static final String WORDS = "(?:pas|pw|psw|secret|token|key|cred|auth|login)";
  private static final Pattern NAME = Pattern.compile("(?i)^\\.|" + WORDS);
  private static final Pattern TEXT = Pattern.compile("(?i)@|^\\.|" + WORDS + "[^=]*=");

  private Discretion() {}

  /** Whether a key looks like one whose value is a secret. */
  static boolean namesSecret(String key) {
    return NAME.matcher(key).find();
  }

  /** Whether a text may hold a login, or a secret after its name and an equals sign. */
  static boolean mayHoldSecret(String text) {
    return TEXT.matcher(text).find();
  }
}
