// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** A connection that is being made, step by step. What is not made in time is broken off. */
final class Dial {
  /** How far it is. */
  enum Step {
    CONNECT,
    LOGIN,
    SFTP
  }

  /** Two requests of the system's: while a link is down, a new try is worth more than patience. */
  private static final int CONNECT_MILLIS = 2_500;

  private static final int ANSWER_MILLIS = 6_000;

  private final OneSocket socket = new OneSocket();
  private final CompletableFuture<Void> made = new CompletableFuture<>();
  private final SSHClient client = new SSHClient(Algorithms.config());
  private final Server server;
  private final String threads;
  private Step step = Step.CONNECT;

  /**
   * Makes ready; connects to nothing yet.
   *
   * @param threads what the names of its threads begin with
   * @param patience for all steps together
   */
  Dial(Server server, HostKeyCheck check, String threads, Duration patience) {
    this.server = server;
    this.threads = threads;
    client.setSocketFactory(socket);
    client.setConnectTimeout(CONNECT_MILLIS);
    client.setTimeout(ANSWER_MILLIS);
    client.getTransport().setTimeoutMs(ANSWER_MILLIS);
    client.getConnection().setTimeoutMs(ANSWER_MILLIS);
    client.addHostKeyVerifier(check);
    client.addAlgorithmsVerifier(
        chosen -> {
          // called by the thread that reads, which cannot be named otherwise
          Thread.currentThread().setName(threads + "-transport");
          return true;
        });
    made.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> hangUp());
  }

  private Void hangUp() {
    socket.close();
    return null;
  }

  /** Connects, and makes sure of the server. */
  void connect() throws IOException {
    client.connect(server.host(), server.port());
  }

  /** Logs in with a key. */
  void login(KeyProvider key) throws IOException {
    step = Step.LOGIN;
    client.authPublickey(server.user(), key);
  }

  /** Logs in with the password. */
  void loginByPassword() throws IOException {
    step = Step.LOGIN;
    client.authPassword(server.user(), server.password());
  }

  /** Starts SFTP, which ends the dialling. */
  Link openSftp() throws IOException {
    step = Step.SFTP;
    SshLink.Engine engine = new SshLink.Engine(client, threads + "-answers");
    engine.init();
    socket.waitForEver();
    made.complete(null);
    return new SshLink(client, socket, engine);
  }

  /** Gives up. */
  void close() {
    made.complete(null);
    socket.close();
  }

  /** Whether it was broken off because it took too long. */
  boolean isLate() {
    return made.isCompletedExceptionally();
  }

  /** Which step was the last that was begun. */
  Step step() {
    return step;
  }

  /** How it lets users in; empty if it did not say. */
  List<String> waysIn() {
    List<String> ways = new ArrayList<>();
    client.getUserAuth().getAllowedMethods().forEach(ways::add);
    return ways;
  }
}
