// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.HostTrust;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.util.Optional;

/** Trust by {@code known_hosts}, and our key. */
final class SshHostTrust implements HostTrust {
  private final SftpSettings settings;
  private final SshLinks links;
  private final Runnable trusted;
  private final Diagnosis diagnosis;

  /**
   * Makes it.
   *
   * @param trusted told when a key was written down
   */
  SshHostTrust(SftpSettings settings, SshLinks links, Runnable trusted) {
    this.settings = settings;
    this.links = links;
    this.trusted = trusted;
    diagnosis = new Diagnosis(settings);
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public HostKey offered() throws ReplicaException {
    return links.offered();
  }

  @Override
  public void trust(HostKey key) throws ReplicaException {
    Server server = settings.server();
    SshKey confirmed = SshKey.of(key);
    if (!key.server().equals(server.address())) {
      throw diagnosis.refused(
          "that is a key of " + key.server() + "; run istream:trust again", null);
    }
    try {
      KnownHosts known = KnownHosts.read(settings.knownHosts());
      if (known.isRevoked(server, confirmed)) {
        throw diagnosis.hostKey(key, true, null);
      }
      known.trust(server, confirmed);
      trusted.run();
    } catch (IOException e) {
      throw diagnosis.refused(
          settings.knownHosts() + " cannot be written: " + Diagnosis.words(e), e);
    }
  }

  @Override
  public Optional<String> authorizedKey() throws ReplicaException {
    if (!settings.server().password().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new KeyFile(settings.keyFile()).authorizedKey());
    } catch (IOException e) {
      throw diagnosis.refused(e.getMessage(), e);
    }
  }
}
