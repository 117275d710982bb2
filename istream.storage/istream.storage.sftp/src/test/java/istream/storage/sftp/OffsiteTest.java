// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A storage called offsite on a server of the test's own. */
abstract class OffsiteTest {
  @TempDir Path directory;
  SshServer server;
  Path etc;

  @BeforeEach
  void begin() throws IOException {
    etc = directory.resolve("etc");
    server = SshServer.start(Files.createDirectory(directory.resolve("sshd")));
  }

  @AfterEach
  void end() {
    server.close();
  }

  SftpSettings settings(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("service.pid", "istream.storage.sftp~offsite");
    properties.put("host", "127.0.0.1");
    properties.put("port", String.valueOf(server.port()));
    properties.put("user", server.user());
    properties.put("path", "footage");
    properties.putAll(more);
    return SftpSettings.of(properties, etc);
  }

  SshLinks links() {
    return new SshLinks(settings(Map.of()));
  }

  SshHostTrust trust() {
    return new SshHostTrust(settings(Map.of()), links(), () -> {});
  }

  void letIn() throws Exception {
    trust().trust(trust().offered());
    server.authorize(trust().authorizedKey().orElseThrow());
  }

  ReplicaException refusal() {
    return assertThrows(ReplicaException.class, () -> links().open().close());
  }

  static void assertSays(ReplicaException refusal, Kind kind, String... words) {
    assertEquals(kind, refusal.kind(), refusal.getMessage());
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }
  }

  /** Another server, with lines of its configuration before ours. */
  void startAnother(String... lines) throws IOException {
    server.close();
    server = SshServer.start(Files.createDirectory(directory.resolve("other")), lines);
  }

  static void assertMode(String mode, Path file) throws IOException {
    assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
