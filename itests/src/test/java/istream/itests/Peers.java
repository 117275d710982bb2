// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Programs of others, and rights, that tests use. Where they are missing a test is skipped, unless
 * the system property {@code istream.peers} is {@code required}: then it fails.
 */
public final class Peers {
  private Peers() {}

  /** Goes on where that program is there; else says which Debian package brings it. */
  public static void require(String program, String debian) throws Exception {
    Process look = new ProcessBuilder("sh", "-c", "command -v \"$0\"", program).start();
    require(look.waitFor() == 0, program + " is missing (Debian package " + debian + ")");
  }

  /** Goes on where it is there; else says what is missing. */
  public static void require(boolean there, String missing) {
    if ("required".equals(System.getProperty("istream.peers"))) {
      assertTrue(there, missing);
    }
    assumeTrue(there, missing);
  }
}
