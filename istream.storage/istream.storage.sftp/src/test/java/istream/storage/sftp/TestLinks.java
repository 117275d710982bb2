// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import istream.api.replication.ReplicaTerms;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;

/** Connections to a test's server, without a word about its key. */
final class TestLinks implements Links {
  private final SshServer server;
  private final Path key;

  TestLinks(SshServer server, Path directory) throws IOException {
    this.server = server;
    key = directory.resolve("login");
    SshServer.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
    server.authorize(Files.readString(Path.of(key + ".pub")).strip());
  }

  /** Settings for a directory on the server. */
  SftpSettings settings(String path) {
    return new SftpSettings(
        "offsite",
        new Server("127.0.0.1", server.port(), server.user(), ""),
        path,
        key,
        key,
        new ReplicaTerms("", true, OptionalLong.empty(), 1),
        List.of());
  }

  @Override
  public Link open() throws ReplicaException {
    SecurityUtils.setRegisterBouncyCastle(false);
    SecurityUtils.setSecurityProvider(null);
    SSHClient client = new SSHClient();
    client.addHostKeyVerifier(new PromiscuousVerifier());
    try {
      client.connect("127.0.0.1", server.port());
      client.authPublickey(server.user(), key.toString());
      SFTPEngine engine = new SFTPEngine(client);
      engine.init();
      return new TestLink(client, client.getSocket(), engine);
    } catch (IOException e) {
      throw new ReplicaException(Kind.LINK, e.getMessage(), e);
    }
  }

  private record TestLink(SSHClient client, Socket socket, SFTPEngine engine) implements Link {
    @Override
    public boolean isBroken() {
      return !client.getTransport().isRunning() || !engine.getSubsystem().isOpen();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
