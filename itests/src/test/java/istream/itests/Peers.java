// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Programs of others that tests use. */
public final class Peers {
  private Peers() {}

  /** Skips the test where that program is missing, and says which Debian package brings it. */
  public static void require(String program, String debian) throws Exception {
    Process look = new ProcessBuilder("sh", "-c", "command -v \"$0\"", program).start();
    assumeTrue(look.waitFor() == 0, program + " is missing (Debian package " + debian + ")");
  }
}
