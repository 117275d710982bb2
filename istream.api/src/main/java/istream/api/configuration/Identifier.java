// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

import java.util.regex.Pattern;

/** The name an owner gives to a camera, a storage or a policy; also the name of its directory. */
public final class Identifier {
  /** What is allowed, in words for an error message. */
  public static final String ALLOWED = "lower-case letters, digits, - and _, at most 64";

  private static final Pattern VALID = Pattern.compile("[a-z0-9_-]{1,64}");

  private Identifier() {}

  /**
   * Tells whether {@code id} may name a camera, a storage or a policy.
   *
   * @param id the candidate, may be null
   */
  public static boolean isValid(String id) {
    return id != null && VALID.matcher(id).matches();
  }

  /**
   * Returns {@code id} if it is valid.
   *
   * @throws IllegalArgumentException naming the id and what is allowed
   */
  public static String require(String id) {
    if (!isValid(id)) {
      throw new IllegalArgumentException("id \"" + id + "\" is not made of " + ALLOWED);
    }
    return id;
  }
}
