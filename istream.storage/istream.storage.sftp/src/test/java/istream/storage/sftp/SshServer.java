// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * OpenSSH's server on a loopback port, with host keys of its own and the user of the test, who is
 * let in by the keys in {@link #authorize}. SFTP begins in {@link #home}.
 */
final class SshServer implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path directory;
  private final int port;
  private Process process;

  /**
   * Starts it; skips the test if there is none.
   *
   * @param directory an empty one, for all that it needs
   * @param lines of its configuration that come before ours: of each keyword the first counts, so
   *     that {@code ForceCommand internal-sftp -d DIR -P remove} limits what SFTP may do
   */
  static SshServer start(Path directory, String... lines) throws IOException {
    Peers.require(Files.isExecutable(SSHD), "openssh-server is not installed");
    SshServer server = new SshServer(directory);
    server.configure(lines);
    server.start();
    return server;
  }

  private SshServer(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(home());
    Files.createFile(directory.resolve("authorized_keys"));
    if (Files.isWritable(Path.of("/run"))) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
  }

  private void configure(String... lines) throws IOException {
    List<String> configuration = new ArrayList<>(List.of(lines));
    configuration.addAll(
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "PidFile none",
            "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
            "StrictModes no",
            "PermitRootLogin yes",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "UseDNS no",
            "Subsystem sftp internal-sftp -d " + home()));
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      makeHostKey(type);
      configuration.add("HostKey " + hostKey(type));
    }
    Files.write(directory.resolve("sshd_config"), configuration);
  }

  private Path hostKey(String type) {
    return directory.resolve("host_" + type);
  }

  /** Makes a new host key of a type; counts from the next start on. */
  void makeHostKey(String type) throws IOException {
    Files.deleteIfExists(hostKey(type));
    String file = hostKey(type).toString();
    run("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "", "-f", file);
  }

  /** Runs a program to its end. */
  static void run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it, again on the same port; returns when it listens. */
  void start() throws IOException {
    process =
        new ProcessBuilder(
                SSHD.toString(), "-D", "-e", "-f", directory.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader();
    List<String> said = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.add(line);
      if (line.startsWith("Server listening on")) {
        Thread drain = new Thread(() -> log.lines().forEach(it -> {}), "sshd-log");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IOException("sshd ended: " + said);
  }

  /** Kills it and all its connections, as a power cut does, but that the kernel says so. */
  void stop() {
    List<ProcessHandle> all = processes().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  /** Stops it and all its connections: they stay open, and nothing is answered. */
  void freeze() throws IOException {
    signal("-STOP");
  }

  /** Lets it go on after {@link #freeze}. */
  void thaw() throws IOException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes().map(it -> String.valueOf(it.pid())).forEach(command::add);
    run(command.toArray(String[]::new));
  }

  /** Kills the connections, and goes on listening. */
  void dropConnections() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Lets in whoever has a key: a line of {@code authorized_keys}. */
  void authorize(String line) throws IOException {
    Files.writeString(directory.resolve("authorized_keys"), line + "\n");
  }

  /** The public host key of a type, as {@code type base64}. */
  String publicHostKey(String type) throws IOException {
    String[] words = Files.readString(Path.of(hostKey(type) + ".pub")).strip().split(" ", -1);
    return words[0] + " " + words[1];
  }

  /** Its host keys as lines of {@code known_hosts}. */
  List<String> knownHosts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      lines.add("[127.0.0.1]:" + port + " " + publicHostKey(type));
    }
    return lines;
  }

  /** Where it listens, on 127.0.0.1. */
  int port() {
    return port;
  }

  /** Who may log in. */
  String user() {
    return Optional.ofNullable(System.getProperty("user.name")).orElseThrow();
  }

  /** Where SFTP begins. */
  Path home() {
    return directory.resolve("home");
  }

  @Override
  public void close() {
    stop();
  }
}
