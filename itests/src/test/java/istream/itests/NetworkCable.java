// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cable between this machine and a network namespace, which can be pulled at the far end. Needs
 * root.
 */
final class NetworkCable implements AutoCloseable {
  private static final long COMMAND_SECONDS = 20;
  private static final Path IP = Path.of("/usr/sbin/ip");

  private final String name = "istr" + ProcessHandle.current().pid();
  private final String near;
  private final String far;

  private NetworkCable(int network) {
    near = "10.213." + network + ".1";
    far = "10.213." + network + ".2";
  }

  /** Why there can be none here is told by skipping the test. */
  static void assumePossible() {
    assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    assumeTrue(Files.isExecutable(IP), "there is no " + IP);
  }

  /** Makes the namespace {@code 10.213.NETWORK.2} and plugs it in. */
  static NetworkCable laid(int network) throws Exception {
    NetworkCable cable = new NetworkCable(network);
    try {
      cable.lay();
      return cable;
    } catch (IOException e) {
      cable.close();
      throw e;
    }
  }

  private void lay() throws IOException, InterruptedException {
    String here = name + "a";
    ip("netns", "add", name);
    ip("link", "add", here, "type", "veth", "peer", "name", end(), "netns", name);
    ip("addr", "add", near + "/30", "dev", here);
    ip("link", "set", here, "up");
    ip("-n", name, "addr", "add", far + "/30", "dev", end());
    plugIn();
  }

  private String end() {
    return name + "b";
  }

  /** Before the words of a command that is to run at the far end. */
  List<String> prefix() {
    return List.of(IP.toString(), "netns", "exec", name);
  }

  /** The address of the far end. */
  String farAddress() {
    return far;
  }

  /** Pulls the plug. */
  void pull() throws Exception {
    ip("-n", name, "link", "set", end(), "down");
  }

  /** Puts it in. */
  void plugIn() throws IOException, InterruptedException {
    ip("-n", name, "link", "set", end(), "up");
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(IP.toString()));
    command.addAll(Arrays.asList(words));
    run(command.toArray(String[]::new));
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @throws IOException if it fails
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(Arrays.toString(command) + " failed: " + words);
    }
    return words;
  }

  /** Takes the namespace and the cable away. */
  @Override
  public void close() throws IOException {
    try {
      ip("netns", "delete", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: the namespace " + name + " may be left", e);
    }
  }
}
