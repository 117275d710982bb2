// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.replication.HostTrust;
import istream.api.replication.HostTrust.HostKey;
import istream.api.replication.HostTrust.Standing;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;

/** Lets a person decide whether a server is the right one. Confined to one thread. */
final class TrustDialogue {
  private final HostTrust trust;
  private final Session session;
  private final PrintStream err;

  TrustDialogue(HostTrust trust, Session session, PrintStream err) {
    this.trust = trust;
    this.session = session;
    this.err = err;
  }

  /**
   * Shows the server's key, has it confirmed, and shows ours.
   *
   * @param yes whether it is confirmed already
   * @throws CommandFailure if it was not confirmed: nothing was recorded
   */
  void hold(PrintStream out, boolean yes) throws ReplicaException, CommandFailure {
    HostKey key = trust.offered();
    out.println("server       " + Figures.plain(key.server()));
    out.println("key          " + Figures.plain(key.type()));
    out.println("fingerprint  " + Figures.plain(key.fingerprint()));
    if (key.standing() == Standing.TRUSTED) {
      out.println("It is the key that was trusted before.");
    } else {
      out.println("Compare it with what this says on the server itself:");
      out.println("  ssh-keygen -lf /etc/ssh/" + file(key.type()));
      warnOfChange(key);
      if (!yes && !isConfirmed(key)) {
        throw new CommandFailure("the key was not confirmed, so it was not recorded");
      }
      trust.trust(key);
      out.println("It is trusted from now on.");
    }
    Optional<String> ours = trust.authorizedKey();
    if (ours.isPresent()) {
      out.println("For the server to know istream, ~/.ssh/authorized_keys there needs the line:");
      out.println(Figures.plain(ours.get()));
    }
  }

  /**
   * The same for a script, which is asked nothing.
   *
   * @throws CommandFailure if the key is not the trusted one and was not confirmed
   */
  void json(JsonWriter json, boolean yes) throws ReplicaException, CommandFailure {
    HostKey key = trust.offered();
    boolean trusted = key.standing() == Standing.TRUSTED;
    if (!trusted && yes) {
      warnOfChange(key);
      trust.trust(key);
    }
    json.object().name("storage").value(trust.id());
    json.name("server").value(key.server());
    json.name("type").value(key.type());
    json.name("fingerprint").value(key.fingerprint());
    json.name("standing").value(word(key.standing()));
    json.name("trusted").value(trusted || yes);
    json.name("authorizedKey").value(trust.authorizedKey().orElse(null));
    json.endObject().finish();
    if (!trusted && !yes) {
      throw new CommandFailure(
          "the key is " + word(key.standing()) + " and was not recorded; compare it, then --yes");
    }
  }

  private void warnOfChange(HostKey key) {
    if (key.standing() == Standing.CHANGED) {
      err.println(
          "warning: ANOTHER key of that server was trusted before. Somebody may be between you and"
              + " it, unless it was set up anew; its owner knows");
    }
  }

  private boolean isConfirmed(HostKey key) throws CommandFailure {
    String question =
        "Type yes to trust " + Figures.plain(key.server()) + " with this key, Enter to leave it: ";
    try {
      String answer = session.readLine(question, null);
      if (answer == null) {
        throw new CommandFailure(
            "nobody could be asked, so the key was not recorded; compare it, then repeat the"
                + " command with --yes");
      }
      return answer.strip().equals("yes");
    } catch (IOException e) {
      throw new CommandFailure("the answer cannot be read: " + e.getMessage(), e);
    }
  }

  private static String word(Standing standing) {
    return switch (standing) {
      case TRUSTED -> "trusted";
      case UNKNOWN -> "unknown";
      case CHANGED -> "changed";
    };
  }

  /** Where OpenSSH keeps a key of that type. */
  private static String file(String type) {
    String kind = type.contains("ecdsa") ? "ecdsa" : type.contains("rsa") ? "rsa" : "ed25519";
    return "ssh_host_" + kind + "_key.pub";
  }
}
