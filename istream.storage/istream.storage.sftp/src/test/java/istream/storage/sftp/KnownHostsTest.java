// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.HostTrust.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file {@code known_hosts}, as OpenSSH reads and writes it. */
final class KnownHostsTest {
  private static final Server NAS = new Server("nas", 22, "cam", "");
  private static final Server NAS_2222 = new Server("nas", 2222, "cam", "");
  private static final SshKey OLD = new SshKey("ssh-ed25519", "AAAAold=");
  private static final SshKey NEW = new SshKey("ssh-ed25519", "AAAAnew=");

  @TempDir private Path directory;

  private KnownHosts known(String... lines) throws IOException {
    Files.write(file(), List.of(lines));
    return KnownHosts.read(file());
  }

  private Path file() {
    return directory.resolve("known_hosts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nas ssh-ed25519 AAAAold= root@nas | TRUSTED",
        "NAS,192.0.2.7 ssh-ed25519 AAAAold= | TRUSTED",
        "n?s ssh-ed25519 AAAAold= | TRUSTED",
        "*,!nas ssh-ed25519 AAAAold= | UNKNOWN",
        "[nas]:2222 ssh-ed25519 AAAAold= | UNKNOWN",
        "# nas ssh-ed25519 AAAAold= | UNKNOWN",
        "@cert-authority nas ssh-ed25519 AAAAold= | UNKNOWN",
        "nas* ssh-ed25519 AAAAold= | TRUSTED",
        "na[s] ssh-ed25519 AAAAold= | UNKNOWN",
        "nas ssh-ed25519 | UNKNOWN",
        "nas ssh-ed25519 AAAAnew= | CHANGED",
        "nas ssh-rsa AAAAold= | CHANGED",
        "nas ecdsa-sha2-nistp256 AAAAold= | UNKNOWN"
      })
  void aLineSaysWhatIsKnown(String line, Standing standing) throws IOException {
    assertEquals(standing, known(line).standing(NAS, OLD));
  }

  @Test
  void aHashedLineThatIsTornIsOfNobody() throws IOException {
    KnownHosts known = known("|1|AAAA ssh-ed25519 AAAAold=", "|1|?|? ssh-ed25519 AAAAold=");
    assertEquals(Standing.UNKNOWN, known.standing(NAS, OLD));
  }

  @Test
  void aFileThatIsNotThereKnowsNobody() throws IOException {
    assertEquals(Standing.UNKNOWN, KnownHosts.read(file()).standing(NAS, OLD));
  }

  @Test
  void trustReplacesTheServersKeyAndNothingElse() throws IOException {
    known(
            "# mine",
            "nas ssh-ed25519 AAAAold= first",
            "nas,other ssh-rsa AAAArsa= second",
            "[nas]:2222 ssh-ed25519 AAAAold=",
            "@revoked nas ssh-ed25519 AAAAbad=",
            "",
            "rest of something")
        .trust(NAS, NEW);
    List<String> lines = Files.readAllLines(file());
    assertEquals(
        List.of(
            "# mine",
            "other ssh-rsa AAAArsa= second",
            "[nas]:2222 ssh-ed25519 AAAAold=",
            "@revoked nas ssh-ed25519 AAAAbad=",
            "",
            "rest of something"),
        lines.subList(0, 6));
    assertEquals(7, lines.size());
    assertFalse(lines.get(6).contains("nas"), "the name is hashed: " + lines.get(6));
    assertTrue(lines.get(6).startsWith("|1|") && lines.get(6).endsWith(" " + NEW), lines.get(6));
    assertEquals(Standing.TRUSTED, KnownHosts.read(file()).standing(NAS, NEW));
    assertEquals(Standing.CHANGED, KnownHosts.read(file()).standing(NAS, OLD));
    assertEquals(Standing.TRUSTED, KnownHosts.read(file()).standing(NAS_2222, OLD));
  }

  @Test
  void trustReplacesAHashedName() throws IOException {
    known().trust(NAS_2222, OLD);
    KnownHosts.read(file()).trust(NAS_2222, NEW);
    assertEquals(1, Files.readAllLines(file()).size());
    assertEquals(Standing.TRUSTED, KnownHosts.read(file()).standing(NAS_2222, NEW));
  }

  @Test
  void opensshFindsWhatWeWrote() throws IOException {
    known().trust(NAS_2222, OLD);
    SshServer.run("ssh-keygen", "-q", "-F", "[nas]:2222", "-f", file().toString());
  }

  @Test
  void aLinkToAFileElsewhereStays() throws IOException {
    Path elsewhere = Files.createFile(directory.resolve("elsewhere"));
    Files.createSymbolicLink(file(), elsewhere);
    KnownHosts.read(file()).trust(NAS, NEW);
    assertTrue(Files.isSymbolicLink(file()));
    assertEquals(1, Files.readAllLines(elsewhere).size());
  }
}
