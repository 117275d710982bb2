// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a storage makes of its file. */
final class SftpSettingsTest {
  private static final Path ETC = Path.of("/etc/istream");

  private static SftpSettings settings(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("service.pid", "istream.storage.sftp~offsite");
    properties.put("host", "nas.example.org");
    properties.put("user", "cam");
    properties.put("path", "footage");
    properties.putAll(more);
    return SftpSettings.of(properties, ETC);
  }

  @Test
  void hostUserAndPathAreEnough() {
    SftpSettings settings = settings(Map.of());
    assertEquals("", settings.problem());
    assertEquals("offsite", settings.id());
    assertEquals(new Server("nas.example.org", 22, "cam", ""), settings.server());
    assertEquals(Path.of("/etc/istream/ssh/id_ed25519"), settings.keyFile());
    assertEquals(Path.of("/etc/istream/ssh/known_hosts"), settings.knownHosts());
    assertEquals(new ReplicaTerms("", true, OptionalLong.empty(), 4), settings.terms());
  }

  @Test
  void theReplicatorIsToldWhatTheOwnerWants() {
    SftpSettings settings =
        settings(
            Map.of(
                "source", "archive",
                "max.kilobits", "4000",
                "backlog", "oldest",
                "connections", "1"));
    assertEquals(
        new ReplicaTerms("archive", false, OptionalLong.of(4_000_000), 1), settings.terms());
  }

  @ParameterizedTest
  @CsvSource({
    "host, ''",
    "host, 'nas example'",
    "host, user@nas",
    "host, -oProxyCommand",
    "port, 0",
    "port, 65536",
    "user, ''",
    "user, 'c\u0007am'",
    "path, ''",
    "path, ..",
    "path, footage/../../etc",
    "path, 'foot\u0007age'",
    "key.file, 'a\u0000b'",
    "max.kilobits, -1",
    "backlog, both",
    "connections, 0",
    "connections, 9",
    "passwort, secret"
  })
  void whatCannotBeUsedIsSaid(String key, String value) {
    String problem = settings(Map.of(key, value)).problem();
    assertTrue(problem.startsWith("istream.storage.sftp-offsite.cfg: " + key + " "), problem);
    assertTrue(problem.contains("; allowed: "), problem);
    assertFalse(problem.contains("secret"), problem);
  }

  @ParameterizedTest
  @CsvSource({"/, /", "/srv/footage/, /srv/footage", "a/b c, a/b c", "a..b, a..b"})
  void aPathIsAbsoluteOrBeginsWhereTheLoginDoes(String path, String taken) {
    SftpSettings settings = settings(Map.of("path", path));
    assertEquals("", settings.problem());
    assertEquals(taken, settings.path());
  }

  @ParameterizedTest
  @CsvSource({"nas, 22, nas", "nas, 2222, [nas]:2222", "fe80::1, 22, fe80::1"})
  void portsOtherThanSshsArePartOfTheName(String host, int port, String name) {
    assertEquals(name, new Server(host, port, "cam", "").knownAs());
  }

  @Test
  void thePasswordIsNeverPrinted() {
    SftpSettings settings = settings(Map.of(".password", "hunter2"));
    assertEquals("hunter2", settings.server().password());
    assertFalse(settings.toString().contains("hunter2"), settings.toString());
  }
}
