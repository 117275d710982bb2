// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SSH shell as it is shipped, but for its port, which another instance here may hold. */
class SshIT {
  private static final Duration START = Duration.ofSeconds(30);
  private static final String LOOPBACK = "0100007F";

  private record Result(int exit, String out, String err) {}

  @TempDir static Path home;
  private static Instance instance;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Peers.require("ssh", "openssh-client");
    run(List.of("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", home + "/owner"));
    run(List.of("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", home + "/stranger"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    port = freePort();
    String shell = shipped("org.apache.karaf.shell.cfg");
    assertTrue(shell.contains("sshPort = 8101\n"), shell);
    instance.write("org.apache.karaf.shell.cfg", shell.replace("8101", Integer.toString(port)));
    String key = Files.readString(home.resolve("owner.pub")).split(" ", -1)[1];
    instance.write(
        "keys.properties", shipped("keys.properties") + "owner = " + key + ",_g_:admingroup\n");
    instance.start();
    Wait.until("the SSH shell listens", START, () -> !listeners().isEmpty());
  }

  @AfterAll
  static void stop() {
    if (instance != null) {
      instance.close();
    }
  }

  @Test
  void listensToThisMachineOnly() throws Exception {
    assertEquals(Set.of(LOOPBACK), listeners());
  }

  @Test
  void letsAKeyOfItsOwnersIn() throws Exception {
    Result status = ssh("owner", "owner", List.of(), "istream:status --json");
    assertEquals(0, status.exit(), status.err());
    assertTrue(new ObjectMapper().readTree(status.out()).has("cameras"), status.out());
  }

  @Test
  void keepsOtherKeysOut() throws Exception {
    Result stranger = ssh("owner", "stranger", List.of(), "istream:status");
    assertEquals(255, stranger.exit(), stranger.out());
    assertTrue(stranger.err().contains("Permission denied (publickey)"), stranger.err());
  }

  @Test
  void takesNoPasswordAndKnowsNoDefaultLogin() throws Exception {
    List<String> password =
        List.of("-o", "PreferredAuthentications=none,password,keyboard-interactive");
    for (String user : List.of("karaf", "owner")) {
      Result result = ssh(user, "stranger", password, "istream:status");
      assertEquals(255, result.exit(), result.out());
      // what stands in brackets is what the server offers
      assertTrue(result.err().contains("Permission denied (publickey)"), result.err());
    }
    String users = shipped("users.properties");
    assertFalse(users.lines().anyMatch(line -> line.matches("[^#].*=.*")), users);
  }

  private static Result ssh(String user, String key, List<String> options, String command)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("ssh", "-F", "none", "-T", "-n"));
    words.addAll(List.of("-i", home.resolve(key).toString(), "-p", Integer.toString(port)));
    words.addAll(List.of("-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"));
    words.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"));
    words.addAll(options);
    words.addAll(List.of(user + "@127.0.0.1", command));
    return run(words);
  }

  /** Runs a program that answers "karaf" wherever it is asked for a password. */
  private static Result run(List<String> words) throws IOException, InterruptedException {
    Path answer = Files.writeString(home.resolve("answer"), "#!/bin/sh\necho karaf\n");
    Files.setPosixFilePermissions(answer, PosixFilePermissions.fromString("rwx------"));
    Path err = home.resolve("ssh.err");
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(err.toFile());
    builder.environment().put("SSH_ASKPASS", answer.toString());
    builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  private static String shipped(String file) throws IOException, InterruptedException {
    return Files.readString(Distribution.unpacked().tree().resolve("etc").resolve(file));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The IPv4 addresses, as the kernel writes them, that somebody listens at with our port. */
  private static Set<String> listeners() throws IOException {
    String suffix = String.format(":%04X", port);
    Set<String> found = new TreeSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] words = line.strip().split("\\s+", -1);
        if (words[1].endsWith(suffix) && words[3].equals("0A")) {
          String address = words[1].substring(0, words[1].indexOf(':'));
          found.add(address.replaceFirst("^0{16}FFFF0000", ""));
        }
      }
    }
    return found;
  }
}
