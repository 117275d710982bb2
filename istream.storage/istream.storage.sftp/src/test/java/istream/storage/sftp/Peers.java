// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Programs of others and rights that tests use. Where one is missing a test is skipped, unless the
 * system property {@code istream.peers} is {@code required}: then it fails.
 */
final class Peers {
  private Peers() {}

  /** Goes on where it is there; else says what is missing. */
  static void require(boolean there, String missing) {
    if ("required".equals(System.getProperty("istream.peers"))) {
      assertTrue(there, missing);
    }
    assumeTrue(there, missing);
  }
}
