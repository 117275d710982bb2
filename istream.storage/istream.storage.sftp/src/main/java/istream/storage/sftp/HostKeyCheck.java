// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.HostTrust.HostKey;
import istream.api.replication.HostTrust.Standing;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Whether a server shows a key that we trust, and which key it showed. */
final class HostKeyCheck implements HostKeyVerifier {
  private final Server server;
  private final KnownHosts known;
  private volatile HostKey shown;

  HostKeyCheck(Server server, KnownHosts known) {
    this.server = server;
    this.known = known;
  }

  @Override
  public boolean verify(String host, int port, PublicKey key) {
    SshKey ours = SshKey.of(key);
    Standing standing = known.standing(server, ours);
    shown = new HostKey(server.address(), ours.type(), ours.blob(), ours.fingerprint(), standing);
    return standing == Standing.TRUSTED;
  }

  /** A server has keys of several types: it is asked for those that we know. */
  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    return known.types(server).stream().flatMap(it -> Algorithms.ofHostKey(it).stream()).toList();
  }

  /** The key it showed; empty if it did not come to that. */
  Optional<HostKey> shown() {
    return Optional.ofNullable(shown);
  }
}
