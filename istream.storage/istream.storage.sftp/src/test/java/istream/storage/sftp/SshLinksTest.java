// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to OpenSSH's server, and refusals. */
final class SshLinksTest extends OffsiteTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KexAlgorithms curve25519-sha256",
        "KexAlgorithms curve25519-sha256@libssh.org",
        "KexAlgorithms ecdh-sha2-nistp256",
        "KexAlgorithms diffie-hellman-group16-sha512",
        "KexAlgorithms diffie-hellman-group14-sha256",
        "Ciphers aes128-gcm@openssh.com",
        "Ciphers aes256-gcm@openssh.com",
        "Ciphers aes128-ctr",
        "HostKeyAlgorithms rsa-sha2-256"
      })
  void everyAlgorithmThatWeOfferWorks(String only) throws Exception {
    startAnother(only);
    letIn();
    links().open().close();
  }

  @Test
  void noCommonAlgorithmIsRefused() throws Exception {
    startAnother("Ciphers 3des-cbc");
    assertSays(refusal(), Kind.REFUSED, "none of the algorithms", "3des-cbc");
  }

  @Test
  void anAccountThatIsNotThereIsRefused() throws Exception {
    letIn();
    SshLinks links = new SshLinks(settings(Map.of("user", "nobody-here")));
    ReplicaException refusal = assertThrows(ReplicaException.class, links::open);
    assertSays(refusal, Kind.REFUSED, "nobody-here", "authorized_keys", "it lets in by publickey");
  }

  @Test
  void aPasswordOpensTheDoorToo() throws Exception {
    server.close();
    Path other = Files.createDirectory(directory.resolve("other"));
    server = SshServer.startWithPassword(other, "open sesame");
    trust().trust(trust().offered());
    SftpSettings settings = settings(Map.of(".password", "open sesame"));
    new SshLinks(settings).open().close();
    assertTrue(new SshHostTrust(settings, links(), () -> {}).authorizedKey().isEmpty());
    assertFalse(Files.exists(settings.keyFile()), "no key is made where none is used");

    SshLinks wrong = new SshLinks(settings(Map.of(".password", "open barley")));
    ReplicaException refusal = assertThrows(ReplicaException.class, wrong::open);
    assertSays(refusal, Kind.REFUSED, server.user(), "istream.storage.sftp-offsite.cfg");
    assertFalse(refusal.getMessage().contains("barley"), refusal.getMessage());
  }

  @Test
  void valuesThatCannotBeUsedAreSaid() {
    SshLinks links = new SshLinks(settings(Map.of("port", "22000000")));
    ReplicaException refusal = assertThrows(ReplicaException.class, links::open);
    assertSays(refusal, Kind.REFUSED, "istream.storage.sftp-offsite.cfg", "port \"22000000\"");
  }

  @Test
  void nobodyThereIsALinkThatMayComeBack() throws Exception {
    letIn();
    server.stop();
    assertSays(refusal(), Kind.LINK, "storage offsite", "127.0.0.1:" + server.port());
    server.start();
    links().open().close();
  }

  @Test
  void aHostWithoutAddressIsALinkThatMayComeBack() throws Exception {
    SshLinks links = new SshLinks(settings(Map.of("host", "nas.invalid")));
    ReplicaException refusal = assertThrows(ReplicaException.class, links::open);
    assertSays(refusal, Kind.LINK, "nas.invalid", "no such host");
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(silent.getLocalPort());
      SshLinks links = new SshLinks(settings(Map.of("port", port)));
      ReplicaException refusal =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30), () -> assertThrows(ReplicaException.class, links::open));
      assertSays(refusal, Kind.LINK, "127.0.0.1:" + port, "timed out");
    }
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    startAnother("ForceCommand cat >/dev/null");
    letIn();
    SshLinks links = new SshLinks(settings(Map.of()), Duration.ofSeconds(5));
    ReplicaException refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> assertThrows(ReplicaException.class, links::open));
    assertSays(refusal, Kind.LINK, "takes too long");
  }

  @Test
  void anAccountWithoutSftpIsRefused() throws Exception {
    startAnother("ForceCommand /bin/false");
    letIn();
    assertSays(refusal(), Kind.REFUSED, "not to SFTP");
  }

  @Test
  void aServerWithoutSessionsIsRefused() throws Exception {
    startAnother("MaxSessions 0");
    letIn();
    assertSays(refusal(), Kind.REFUSED, "not to SFTP");
  }

  @Test
  void closingBreaksOffWhoWritesToAFrozenServer() throws Exception {
    letIn();
    Link link = links().open();
    server.freeze();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> fill(link));
    assertTimeoutPreemptively(SOON, link::close);
    assertTimeoutPreemptively(
        SOON, () -> assertThrows(CompletionException.class, writer::join), "the writer goes on");
    assertTrue(link.isBroken());
  }

  private static void fill(Link link) {
    try (RemoteFile file =
        link.engine().open("f", Set.of(OpenMode.WRITE, OpenMode.CREAT), FileAttributes.EMPTY)) {
      byte[] bytes = new byte[1 << 20];
      for (long at = 0; ; at += bytes.length) {
        file.write(at, bytes, 0, bytes.length);
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void aDroppedConnectionIsBroken() throws Exception {
    letIn();
    try (Link link = links().open()) {
      server.dropConnections();
      assertTimeoutPreemptively(
          SOON, () -> assertThrows(IOException.class, () -> link.engine().canonicalize(".")));
      assertTrue(link.isBroken());
    }
    links().open().close();
  }

  @Test
  void threadsAreOursAndEndWithTheLink() throws Exception {
    letIn();
    Link link = links().open();
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(it -> it.getName().startsWith("istream-sftp-offsite-"))
            .toList();
    assertEquals(
        List.of("istream-sftp-offsite-answers", "istream-sftp-offsite-transport"),
        threads.stream().map(Thread::getName).sorted().toList());
    assertTrue(threads.stream().allMatch(Thread::isDaemon));
    link.close();
    for (Thread thread : threads) {
      assertTimeoutPreemptively(SOON, () -> thread.join());
    }
  }
}
