// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import net.schmizz.sshj.common.Factory;
import org.junit.jupiter.api.Test;

/** Whatever the order, no cipher is lost. */
final class CipherRaceTest {
  @Test
  void everyCipherIsOffered() {
    Set<String> names = new TreeSet<>(Factory.Named.Util.getNames(CipherRace.cheapestFirst()));
    assertEquals(Set.of("aes128-ctr", "aes128-gcm@openssh.com", "aes256-gcm@openssh.com"), names);
  }
}
