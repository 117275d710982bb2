// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An OpenSSH server at the far end of a cable of its own, with a directory that footage is kept in.
 * Whatever runs there is taken for one with it, and treated alike. Needs root.
 */
final class RemoteServer implements AutoCloseable {
  private static final String SSHD = "/usr/sbin/sshd";
  private static final int PORT = 2222;
  private static final int APPEND_ONLY_PORT = 2223;
  private static final Duration EFFECT = Duration.ofSeconds(20);

  /** What makes an account that can write and append, and nothing else. */
  private static final String NO_MORE_THAN_APPENDING =
      "internal-sftp -P read,remove,rmdir,rename,posix-rename,opendir,readdir,setstat,fsetstat,"
          + "symlink,hardlink,copy-data";

  private final Path home;
  private final NetworkCable cable;
  private boolean mounted;

  private RemoteServer(Path home, NetworkCable cable) {
    this.home = home;
    this.cable = cable;
  }

  /** A server is something that the test needs: it is tried in that directory. */
  static void assumePossible(Path home) throws Exception {
    Peers.require(SSHD, "openssh-server");
    Peers.require("ssh-keygen", "openssh-client");
    Peers.require("iptables", "iptables");
    NetworkCable.assumePossible();
    String failure = "";
    try (RemoteServer server = start(home)) {
      server.firewall().limitConnections(1);
      server.firewall().resetAll();
    } catch (IOException | AssertionError e) {
      failure = e.getMessage();
    }
    Peers.require(failure.isEmpty(), "an OpenSSH server in a network namespace: " + failure);
  }

  /** Starts one that keeps all it has below that directory. */
  static RemoteServer start(Path home) throws Exception {
    return started(home, 0);
  }

  /** Starts one with a disk of its own of so many megabytes. */
  static RemoteServer startWithDisk(Path home, int megabytes) throws Exception {
    return started(home, megabytes);
  }

  private static RemoteServer started(Path home, int megabytes) throws Exception {
    RemoteServer server = new RemoteServer(home, NetworkCable.laidToServer());
    try {
      server.prepare(megabytes);
      server.run();
      return server;
    } catch (Exception | AssertionError e) {
      server.close();
      throw e;
    }
  }

  private void prepare(int megabytes) throws Exception {
    Files.createDirectories(Path.of("/run/sshd"));
    Files.createDirectories(storage());
    if (megabytes > 0) {
      String size = "size=" + megabytes + "m,mode=700";
      NetworkCable.run("mount", "-t", "tmpfs", "-o", size, cable.name(), storage().toString());
      mounted = true;
    }
    changeHostKey();
    Files.writeString(authorizedKeys(), "");
    Files.writeString(home.resolve("sshd_config"), configuration());
  }

  private String configuration() {
    return """
        ListenAddress %1$s:%2$d
        ListenAddress %1$s:%3$d
        HostKey %4$s
        PidFile none
        StrictModes no
        AuthorizedKeysFile none
        AuthorizedKeysCommand /bin/cat %5$s
        AuthorizedKeysCommandUser root
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        UsePAM no
        UseDNS no
        MaxStartups 100
        MaxSessions 1
        LoginGraceTime 10
        Subsystem sftp internal-sftp
        Match LocalPort %3$d
          ForceCommand %6$s
        Match User nobody
          ForceCommand internal-sftp
        """
        .formatted(
            host(), PORT, APPEND_ONLY_PORT, hostKey(), authorizedKeys(), NO_MORE_THAN_APPENDING);
  }

  private Path hostKey() {
    return home.resolve("host_key");
  }

  private Path authorizedKeys() {
    return home.resolve("authorized_keys");
  }

  /** Starts it; it must not run. */
  void run() throws Exception {
    long before = Files.exists(log()) ? Files.readString(log()).length() : 0;
    List<String> command = new ArrayList<>(cable.prefix());
    command.addAll(List.of(SSHD, "-D", "-e", "-f", home.resolve("sshd_config").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Wait.until("sshd listens, see " + log(), EFFECT, () -> listens(process, before));
  }

  private boolean listens(Process process, long before) throws IOException {
    String said = Files.readString(log()).substring((int) before);
    if (!process.isAlive()) {
      throw new AssertionError("sshd ended: " + said);
    }
    return said.contains("listening on " + host() + " port " + PORT)
        && said.contains("listening on " + host() + " port " + APPEND_ONLY_PORT);
  }

  /** What it says of what it does. */
  Path log() {
    return home.resolve("sshd.log");
  }

  /** Ends the server and all its sessions without a last word. */
  void kill() throws Exception {
    cable.signal("-KILL");
    Wait.until("all sessions have ended", EFFECT, cable::isDeserted);
  }

  /** Stops the server and its sessions from running, with their connections open. */
  void freeze() throws Exception {
    cable.signal("-STOP");
  }

  /** Lets them run on. */
  void thaw() throws Exception {
    cable.signal("-CONT");
  }

  /** Has another host key from its next start on. */
  void changeHostKey() throws Exception {
    Files.deleteIfExists(hostKey());
    NetworkCable.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "server", "-f", hostKey().toString());
  }

  /** Lets in who has that key, as any user. */
  void authorize(String line) throws IOException {
    Files.writeString(authorizedKeys(), line + "\n", StandardOpenOption.APPEND);
  }

  /** Leaves no room on its disk, until that file is deleted. */
  Path fillDisk() throws Exception {
    Path ballast = storage().resolve("ballast");
    // it ends when there is no more room
    new ProcessBuilder("dd", "if=/dev/zero", "of=" + ballast, "bs=64k")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return ballast;
  }

  /** The filter that the link to it can be broken with. */
  Firewall firewall() {
    return new Firewall(cable);
  }

  /** Its address. */
  String host() {
    return cable.farAddress();
  }

  /** Where those who may do everything go in. */
  int port() {
    return PORT;
  }

  /** Where those go in who may only write and append. */
  int appendOnlyPort() {
    return APPEND_ONLY_PORT;
  }

  /** Its directory of footage. */
  Path storage() {
    return home.resolve("storage");
  }

  /** Bytes that have been sent to it, with all headers. */
  long receivedBytes() throws IOException {
    return cable.sentBytes();
  }

  /** Ends it and takes its namespace away. */
  @Override
  public void close() throws IOException {
    try {
      kill();
      if (mounted) {
        NetworkCable.run("umount", "-l", storage().toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IOException("the server at " + host() + " may be left: " + e.getMessage(), e);
    } finally {
      cable.close();
    }
  }
}
