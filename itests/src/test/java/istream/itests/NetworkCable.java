// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cable between this machine and a network namespace, which can be pulled at the far end. Needs
 * root.
 */
final class NetworkCable implements AutoCloseable {
  private static final long COMMAND_SECONDS = 20;
  private static final Path IP = Path.of("/usr/sbin/ip");

  private static final Pattern OURS = Pattern.compile("(istr(\\d+)(s?))\\b.*");

  private final String name;
  private final String near;
  private final String far;

  /** Of a process of that id: another one's has another network, up to 16384 of them. */
  private NetworkCable(long pid, String end) {
    name = "istr" + pid + end;
    String net = (end.isEmpty() ? "10.213." : "10.214.") + (pid >> 6 & 0xff) + ".";
    long first = (pid & 0x3f) << 2;
    near = net + (first + 1);
    far = net + (first + 2);
  }

  /** A cable is something that the test needs: it is tried. */
  static void assumePossible() throws Exception {
    Peers.require(Files.isExecutable(IP), IP + " is missing (Debian package iproute2)");
    String failure = "";
    try (NetworkCable cable = laid()) {
      run(IP.toString(), "netns", "exec", cable.name, "true");
    } catch (IOException e) {
      failure = e.getMessage();
    }
    Peers.require(failure.isEmpty(), "network namespaces, which need root: " + failure);
  }

  /** Makes this process's one namespace for cameras and plugs it in. */
  static NetworkCable laid() throws Exception {
    return laid("");
  }

  /** Makes this process's one namespace for a server and plugs it in. */
  static NetworkCable laidToServer() throws Exception {
    return laid("s");
  }

  private static NetworkCable laid(String end) throws Exception {
    removeOrphans();
    NetworkCable cable = new NetworkCable(ProcessHandle.current().pid(), end);
    try {
      cable.lay();
      return cable;
    } catch (IOException e) {
      cable.discard();
      throw e;
    }
  }

  /** What a test left that was killed. */
  private static void removeOrphans() throws Exception {
    for (String line : run(IP.toString(), "netns", "list").lines().toList()) {
      Optional<Matcher> ours = orphan(line);
      if (ours.isPresent()) {
        NetworkCable cable =
            new NetworkCable(Long.parseLong(ours.get().group(2)), ours.get().group(3));
        cable.signal("-KILL");
        cable.discard();
      }
    }
    for (String mount : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      if (orphan(mount).isPresent()) {
        run("umount", "-l", mount.split(" ", -1)[1]);
      }
    }
  }

  /** What that line begins with, if it is named after a process that is no more. */
  private static Optional<Matcher> orphan(String line) {
    Matcher ours = OURS.matcher(line);
    return ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(2))).isEmpty()
        ? Optional.of(ours)
        : Optional.empty();
  }

  private void lay() throws IOException, InterruptedException {
    ip("netns", "add", name);
    ip("link", "add", here(), "type", "veth", "peer", "name", end(), "netns", name);
    ip("addr", "add", near + "/30", "dev", here());
    ip("link", "set", here(), "up");
    ip("-n", name, "addr", "add", far + "/30", "dev", end());
    plugIn();
  }

  private String here() {
    return name + "a";
  }

  private String end() {
    return name + "b";
  }

  /** Before the words of a command that is to run at the far end. */
  List<String> prefix() {
    return List.of(IP.toString(), "netns", "exec", name);
  }

  /** Its name, which says whose it is: for what else has to go when it is orphaned. */
  String name() {
    return name;
  }

  /** Sends a signal, such as {@code -STOP}, to all that runs at the far end. */
  void signal(String signal) throws Exception {
    for (String pid : run(IP.toString(), "netns", "pids", name).lines().toList()) {
      // each by itself: one may have ended
      new ProcessBuilder("kill", signal, pid).redirectErrorStream(true).start().waitFor();
    }
  }

  /** Whether anything runs at the far end. */
  boolean isDeserted() throws Exception {
    return run(IP.toString(), "netns", "pids", name).isBlank();
  }

  /** Bytes that have gone to the far end so far, with all headers. */
  long sentBytes() throws IOException {
    Path counter = Path.of("/sys/class/net", here(), "statistics/tx_bytes");
    return Long.parseLong(Files.readString(counter).strip());
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

  private void discard() throws InterruptedException {
    try {
      remove();
    } catch (IOException e) {
      System.getLogger(NetworkCable.class.getName()).log(System.Logger.Level.DEBUG, "not there", e);
    }
  }

  /** A namespace takes its end of the cable along some time later, or when its processes end. */
  private void remove() throws IOException, InterruptedException {
    if (Files.exists(Path.of("/sys/class/net", here()))) {
      ip("link", "delete", here());
    }
    ip("netns", "delete", name);
  }

  /** Takes the namespace and the cable away. */
  @Override
  public void close() throws IOException {
    try {
      remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: the namespace " + name + " may be left", e);
    }
  }
}
