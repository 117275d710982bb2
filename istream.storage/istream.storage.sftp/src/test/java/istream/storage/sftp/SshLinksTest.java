// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.HostTrust.HostKey;
import istream.api.replication.HostTrust.Standing;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to OpenSSH's server, and refusals. */
final class SshLinksTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir private Path directory;
  private SshServer server;
  private Path etc;

  @BeforeEach
  void begin() throws IOException {
    etc = directory.resolve("etc");
    server = SshServer.start(Files.createDirectory(directory.resolve("sshd")));
  }

  @AfterEach
  void end() {
    server.close();
  }

  private SftpSettings settings(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("service.pid", "istream.storage.sftp~offsite");
    properties.put("host", "127.0.0.1");
    properties.put("port", String.valueOf(server.port()));
    properties.put("user", server.user());
    properties.put("path", "footage");
    properties.putAll(more);
    return SftpSettings.of(properties, etc);
  }

  private SshLinks links() {
    return new SshLinks(settings(Map.of()));
  }

  private SshHostTrust trust() {
    return new SshHostTrust(settings(Map.of()), links());
  }

  private void letIn() throws Exception {
    trust().trust(trust().offered());
    server.authorize(trust().authorizedKey().orElseThrow());
  }

  private ReplicaException refusal() {
    return assertThrows(ReplicaException.class, () -> links().open().close());
  }

  private static void assertSays(ReplicaException refusal, Kind kind, String... words) {
    assertEquals(kind, refusal.kind(), refusal.getMessage());
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }
  }

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

  private static void assertMode(String mode, Path file) throws IOException {
    assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
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
    server.close();
    server = SshServer.start(Files.createDirectory(directory.resolve("other")), only);
    letIn();
    links().open().close();
  }

  @Test
  void noCommonAlgorithmIsRefused() throws Exception {
    server.close();
    server = SshServer.start(Files.createDirectory(directory.resolve("other")), "Ciphers 3des-cbc");
    assertSays(refusal(), Kind.REFUSED, "none of the algorithms", "3des-cbc");
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

  @Test
  void anAccountThatIsNotThereIsRefused() throws Exception {
    letIn();
    SshLinks links = new SshLinks(settings(Map.of("user", "nobody-here")));
    ReplicaException refusal = assertThrows(ReplicaException.class, links::open);
    assertSays(refusal, Kind.REFUSED, "nobody-here", "authorized_keys", "it lets in by publickey");
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
  void anAccountWithoutSftpIsRefused() throws Exception {
    server.close();
    server =
        SshServer.start(
            Files.createDirectory(directory.resolve("other")), "ForceCommand /bin/false");
    letIn();
    assertSays(refusal(), Kind.REFUSED, "not to SFTP");
  }

  @Test
  void aServerWithoutSessionsIsRefused() throws Exception {
    server.close();
    server = SshServer.start(Files.createDirectory(directory.resolve("other")), "MaxSessions 0");
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
