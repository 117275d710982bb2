// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import istream.simulator.Main;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Simulated cameras in a process of their own, which can be frozen, killed, and told to misbehave.
 */
final class CameraServer implements AutoCloseable {
  /** What a camera that sends 25 frames a second has sent from one look to the next. */
  private static final int MOST_IN_A_TICK = 15;

  private final List<String> prefix;
  private final String address;
  private final String[] cameras;
  private PeerProcess process;
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
    command.add(where(Main.class) + File.pathSeparator + where(LeashedCameras.class));
    command.addAll(List.of(LeashedCameras.class.getName(), "--bind", address, "--port", "" + port));
    for (String camera : cameras) {
      command.addAll(List.of("--camera", camera));
    }
    process = PeerProcess.start(command, ProcessBuilder.Redirect.INHERIT);
    port = process.port();
  }

  private static Path where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Where one of its cameras is. */
  String url(String camera) {
    return "rtsp://" + address + ":" + port + "/" + camera;
  }

  /** Says a line to it, such as {@code front stall}, and waits until it is obeyed. */
  void say(String line) throws IOException {
    process.say(line);
  }

  /** The number of a camera's next frame. */
  long next(String camera) throws IOException {
    return process.number(camera, "next");
  }

  /** The same, once it has made up for a time in which it did not run. */
  long nextAsUsual(String camera) throws Exception {
    AtomicLong number = new AtomicLong();
    AtomicLong later = new AtomicLong(-MOST_IN_A_TICK);
    Wait.until(
        camera + " sends as many frames as usual",
        Duration.ofSeconds(10),
        () -> {
          number.set(later.getAndSet(next(camera)));
          return later.get() - number.get() < MOST_IN_A_TICK;
        });
    return number.get();
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
  void kill() {
    process.close();
  }

  @Override
  public void close() {
    process.close();
  }
}
