// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.schmizz.sshj.sftp.FileAttributes;
import org.junit.jupiter.api.Test;

/** Our key, and what OpenSSH makes of it. */
final class KeyFileTest extends OffsiteTest {
  @Test
  void theKeyIsMadeAtFirstUseAndOpensTheDoor() throws Exception {
    trust().trust(trust().offered());
    ReplicaException refusal = refusal();
    Path key = etc.resolve("ssh/id_ed25519");
    String line = trust().authorizedKey().orElseThrow();
    assertSays(refusal, Kind.REFUSED, "storage offsite", server.user(), key.toString(), line);
    String made = Files.readString(key);

    server.authorize(line);
    try (Link link = links().open()) {
      link.engine().makeDir("footage", FileAttributes.EMPTY);
      assertFalse(link.isBroken());
    }
    assertTrue(Files.isDirectory(server.home().resolve("footage")));
    assertEquals(made, Files.readString(key), "the key is never made twice");
    assertMode("rw-------", key);
    assertMode("rwx------", key.getParent());
  }

  @Test
  void opensshReadsTheKeyThatWeMade() throws Exception {
    String line = trust().authorizedKey().orElseThrow();
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-y", "-f", etc.resolve("ssh/id_ed25519").toString())
            .start();
    assertEquals(line, keygen.inputReader().readLine());
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws Exception {
    letIn();
    Path key = etc.resolve("ssh/id_ed25519");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertSays(refusal(), Kind.REFUSED, key.toString(), "chmod 600");
  }

  @Test
  void aKeyWithPassphraseIsRefused() throws Exception {
    letIn();
    Path key = etc.resolve("ssh/id_ed25519");
    Files.delete(key);
    SshServer.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", key.toString());
    assertSays(refusal(), Kind.REFUSED, key.toString(), "passphrase");
  }

  @Test
  void aKeyOfTheOwnerDoesToo() throws Exception {
    letIn();
    Path key = etc.resolve("ssh/id_ed25519");
    Files.delete(key);
    SshServer.run("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", key.toString());
    server.authorize(trust().authorizedKey().orElseThrow());
    links().open().close();
  }
}
