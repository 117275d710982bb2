// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import istream.api.replication.HostTrust.HostKey;
import istream.api.replication.HostTrust.Standing;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the server: trusted, unknown, changed, revoked. */
final class SshHostTrustTest extends OffsiteTest {
  @Test
  void anUnknownHostIsRefusedUntilItIsTrusted() throws Exception {
    ReplicaException refusal = refusal();
    HostKey offered = trust().offered();
    assertEquals(Standing.UNKNOWN, offered.standing());
    assertEquals(
        new SshKey(offered.type(), offered.blob()).toString(), server.publicHostKey("ed25519"));
    assertSays(refusal, Kind.REFUSED, "not known", offered.fingerprint(), "istream:trust offsite");
    letIn();
    assertEquals(Standing.TRUSTED, trust().offered().standing());
    links().open().close();
    assertMode("rw-------", etc.resolve("ssh/known_hosts"));
  }

  @Test
  void aChangedHostIsRefusedUntilItIsTrusted() throws Exception {
    letIn();
    String before = trust().offered().fingerprint();
    server.stop();
    server.makeHostKey("ed25519");
    server.start();
    HostKey offered = trust().offered();
    assertEquals(Standing.CHANGED, offered.standing());
    assertFalse(before.equals(offered.fingerprint()));
    assertSays(refusal(), Kind.REFUSED, "another host key", "posing", "istream:trust offsite");
    trust().trust(offered);
    links().open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa"})
  void theServerIsAskedForTheKeyThatIsKnown(String type) throws Exception {
    server.authorize(trust().authorizedKey().orElseThrow());
    Files.writeString(
        etc.resolve("ssh/known_hosts"),
        "[127.0.0.1]:" + server.port() + " " + server.publicHostKey(type) + "\n");
    links().open().close();
  }

  @Test
  void aKeyThatWeCannotCheckSaysNothing() throws Exception {
    server.authorize(trust().authorizedKey().orElseThrow());
    Files.writeString(
        etc.resolve("ssh/known_hosts"),
        "[127.0.0.1]:" + server.port() + " " + server.publicHostKey("ecdsa") + "\n");
    assertSays(refusal(), Kind.REFUSED, "not known");
  }

  @Test
  void aRevokedHostKeyIsNeverAccepted() throws Exception {
    letIn();
    Path known = etc.resolve("ssh/known_hosts");
    Files.writeString(
        known, Files.readString(known) + "@revoked * " + server.publicHostKey("ed25519") + "\n");
    assertSays(refusal(), Kind.REFUSED, "revoked", known.toString());
    HostKey offered = trust().offered();
    assertEquals(Standing.CHANGED, offered.standing());
    assertThrows(ReplicaException.class, () -> trust().trust(offered));
  }
}
