// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import istream.simulator.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Simulated cameras in a process of their own, which can be frozen, killed, and told to misbehave.
 */
final class CameraServer implements AutoCloseable {
  private static final String READY = "ready on port ";

  private final List<String> prefix;
  private final String address;
  private final String[] cameras;
  private Process process;
  private BufferedReader answers;
  private int port;

  private CameraServer(List<String> prefix, String address, String... cameras) {
    this.prefix = prefix;
    this.address = address;
    this.cameras = cameras;
  }

  /** Starts cameras on the loopback interface. */
  static CameraServer start(String... cameras) throws Exception {
    CameraServer server = new CameraServer(List.of(), "127.0.0.1", cameras);
    server.start();
    return server;
  }

  /** Starts cameras at an address that belongs to another network namespace. */
  static CameraServer startIn(NetworkCable cable, String... cameras) throws Exception {
    CameraServer server = new CameraServer(cable.prefix(), cable.farAddress(), cameras);
    server.start();
    return server;
  }

  /** Starts, at the same port if it ran before. */
  void start() throws IOException, URISyntaxException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    command.addAll(List.of(Main.class.getName(), "--bind", address, "--port", "" + port));
    for (String camera : cameras) {
      command.addAll(List.of("--camera", camera));
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    String line = answers.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException("the simulated cameras do not start: " + command);
    }
    port = Integer.parseInt(line.substring(READY.length()));
  }

  /** Where one of its cameras is. */
  String url(String camera) {
    return "rtsp://" + address + ":" + port + "/" + camera;
  }

  /** Says a line to it, such as {@code front stall}, and waits until it is obeyed. */
  void say(String line) throws IOException {
    OutputStream to = process.getOutputStream();
    to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    to.flush();
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith("ok")) {
      throw new IOException("the simulated cameras do not obey " + line + ": " + answer);
    }
  }

  /** Stops it from running, with its connections open. */
  void freeze() throws Exception {
    signal("-STOP");
  }

  /** Lets it run on. */
  void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    NetworkCable.run("kill", signal, Long.toString(process.pid()));
  }

  /** Ends it without a last word. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
