// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.HostTrust.HostKey;
import istream.api.replication.HostTrust.Standing;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Opens connections by SSH, to the server that is known, and to none else. */
final class SshLinks implements Links {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SftpSettings settings;
  private final Duration patience;
  private final Server server;
  private final KeyFile key;
  private final Diagnosis diagnosis;

  SshLinks(SftpSettings settings) {
    this(settings, PATIENCE);
  }

  /**
   * With another patience.
   *
   * @param patience after which a connection that is not made is given up
   */
  SshLinks(SftpSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    server = settings.server();
    key = new KeyFile(settings.keyFile());
    diagnosis = new Diagnosis(settings);
  }

  @Override
  public Link open() throws ReplicaException {
    requireSettings();
    return server.password().isEmpty() ? openByKey() : openByPassword();
  }

  private void requireSettings() throws ReplicaException {
    if (!settings.problems().isEmpty()) {
      throw diagnosis.refused(settings.problem(), null);
    }
  }

  private Link openByKey() throws ReplicaException {
    KeyProvider ours;
    String login;
    try {
      ours = key.load();
      login =
          "as "
              + server.user()
              + " with the key "
              + settings.keyFile()
              + "; add this line to that account's .ssh/authorized_keys: "
              + KeyFile.authorizedKey(ours);
    } catch (IOException e) {
      throw diagnosis.refused(e.getMessage(), e);
    }
    return open(login, dial -> dial.login(ours));
  }

  private Link openByPassword() throws ReplicaException {
    String file = "istream.storage.sftp-" + settings.id() + ".cfg";
    String login = "as " + server.user() + " with the password in " + file + "; correct it there";
    return open(login, Dial::loginByPassword);
  }

  private Link open(String login, LoginStep step) throws ReplicaException {
    KnownHosts known = knownHosts();
    HostKeyCheck check = new HostKeyCheck(server, known);
    Dial dial = dial(check);
    try {
      dial.connect();
      step.take(dial);
      return dial.openSftp();
    } catch (IOException | RuntimeException e) {
      ReplicaException why = why(check, known, e).orElseGet(() -> diagnosis.step(dial, login, e));
      dial.close();
      if (Diagnosis.isInterrupted(e)) {
        Thread.currentThread().interrupt();
      }
      throw why;
    }
  }

  private Optional<ReplicaException> why(HostKeyCheck check, KnownHosts known, Exception cause) {
    return check
        .shown()
        .filter(it -> it.standing() != Standing.TRUSTED)
        .map(it -> diagnosis.hostKey(it, known.isRevoked(server, SshKey.of(it)), cause));
  }

  private Dial dial(HostKeyCheck check) {
    return new Dial(server, check, "istream-sftp-" + settings.id(), patience);
  }

  private KnownHosts knownHosts() throws ReplicaException {
    try {
      return KnownHosts.read(settings.knownHosts());
    } catch (IOException e) {
      throw diagnosis.refused(settings.knownHosts() + " cannot be read: " + Diagnosis.words(e), e);
    }
  }

  /** Connects as far as the server's key, and says which it is. */
  HostKey offered() throws ReplicaException {
    requireSettings();
    HostKeyCheck check = new HostKeyCheck(server, knownHosts());
    Dial dial = dial(check);
    try {
      dial.connect();
      return check.shown().orElseThrow();
    } catch (IOException | RuntimeException e) {
      Optional<HostKey> shown = check.shown();
      if (shown.isPresent()) {
        return shown.get();
      }
      throw diagnosis.step(dial, "", e);
    } finally {
      dial.close();
    }
  }

  /** How to log in. */
  private interface LoginStep {
    void take(Dial dial) throws IOException;
  }
}
