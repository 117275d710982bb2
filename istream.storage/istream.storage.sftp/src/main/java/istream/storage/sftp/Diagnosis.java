// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.HostTrust.HostKey;
import istream.api.replication.HostTrust.Standing;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;

/** Why there is no connection, in words for the owner of a storage, with the next step. */
final class Diagnosis {
  private static final String NO_ALGORITHM = "Unable to reach a settlement";

  private final SftpSettings settings;

  Diagnosis(SftpSettings settings) {
    this.settings = settings;
  }

  /** Something says no until somebody changes it. */
  ReplicaException refused(String what, Throwable cause) {
    return new ReplicaException(Kind.REFUSED, "storage " + settings.id() + ": " + what, cause);
  }

  private ReplicaException server(Kind kind, String what, Throwable cause) {
    String message = "storage " + settings.id() + ": " + settings.server().address() + " " + what;
    return new ReplicaException(kind, message, cause);
  }

  /** What is wrong with a server's key. */
  ReplicaException hostKey(HostKey key, boolean revoked, Throwable cause) {
    String shown = " (" + key.type() + " " + key.fingerprint() + "); ";
    String what;
    if (revoked) {
      what =
          "showed a host key that is revoked in "
              + settings.knownHosts()
              + shown
              + "give the server a new one, or take that line out";
    } else if (key.standing() == Standing.CHANGED) {
      what =
          "showed another host key than before"
              + shown
              + "somebody may be posing as it; if it was set up anew, "
              + trust();
    } else {
      what = "showed a host key that is not known" + shown + trust();
    }
    return server(Kind.REFUSED, what, cause);
  }

  private String trust() {
    return "compare it with the server's and run istream:trust " + settings.id();
  }

  /**
   * Why a step failed.
   *
   * @param login what we logged in with, and what mends it
   */
  ReplicaException step(Dial dial, String login, Exception cause) {
    if (dial.isLate()) {
      return server(Kind.LINK, "takes too long to let us in; is it overloaded?", cause);
    }
    return switch (dial.step()) {
      case CONNECT -> connecting(cause);
      case LOGIN ->
          !isLink(cause) || wasSentAway(cause)
              ? server(Kind.REFUSED, "does not let us in " + login + ways(dial), cause)
              : broken("while we logged in", cause);
      case SFTP ->
          isLink(cause)
              ? broken("while SFTP began", cause)
              : server(Kind.REFUSED, noSftp(cause), cause);
    };
  }

  private String noSftp(Exception cause) {
    String user = settings.server().user();
    return "lets "
        + user
        + " in, but not to SFTP ("
        + words(cause)
        + "); allow it there (Subsystem sftp, MaxSessions, the account's shell)";
  }

  private ReplicaException connecting(Exception cause) {
    if (chain(cause).anyMatch(it -> String.valueOf(it.getMessage()).startsWith(NO_ALGORITHM))) {
      return server(
          Kind.REFUSED, "offers none of the algorithms that we have: " + words(cause), cause);
    }
    if (chain(cause).anyMatch(UnknownHostException.class::isInstance)) {
      return server(Kind.LINK, "has no address: no such host, or no name server answers", cause);
    }
    if (chain(cause)
        .anyMatch(it -> reason(it) == DisconnectReason.PROTOCOL_VERSION_NOT_SUPPORTED)) {
      return server(Kind.REFUSED, "is no SSH 2 server; set host and port", cause);
    }
    return server(Kind.LINK, "cannot be reached: " + words(cause), cause);
  }

  private ReplicaException broken(String when, Exception cause) {
    return server(Kind.LINK, "broke off " + when + ": " + words(cause), cause);
  }

  /** What only says that the connection is gone comes from below SSH, or from its transport. */
  private static boolean isLink(Throwable cause) {
    return !(innermost(cause) instanceof SSHException)
        || chain(cause).anyMatch(TransportException.class::isInstance);
  }

  /** Whether a step failed because our thread was interrupted, of which sshj leaves no trace. */
  static boolean isInterrupted(Throwable cause) {
    return chain(cause).anyMatch(InterruptedException.class::isInstance);
  }

  /** Some servers hang up on whom they do not let in. */
  private static boolean wasSentAway(Exception cause) {
    return chain(cause).anyMatch(it -> reason(it) != DisconnectReason.UNKNOWN);
  }

  private static DisconnectReason reason(Throwable cause) {
    return cause instanceof SSHException ssh ? ssh.getDisconnectReason() : DisconnectReason.UNKNOWN;
  }

  private static String ways(Dial dial) {
    return dial.waysIn().isEmpty() ? "" : "; it lets in by " + String.join(", ", dial.waysIn());
  }

  private static Stream<Throwable> chain(Throwable cause) {
    return Stream.iterate(cause, it -> it != null, Throwable::getCause);
  }

  /** The innermost cause says most. */
  static String words(Throwable cause) {
    Throwable innermost = innermost(cause);
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }

  private static Throwable innermost(Throwable cause) {
    return chain(cause).reduce(cause, (outer, inner) -> inner);
  }
}
