// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Cameras behind one RTSP port, served by one thread. They are live: they do not wait for a slow
 * reader, and every reader of a camera gets the same numbered access units. Any thread may call.
 */
public final class Simulator implements AutoCloseable {
  private static final long STOP_SECONDS = 5;

  private final Map<String, SimulatedCamera> cameras;
  private final Loop loop;
  private final Thread thread;
  private final InetSocketAddress address;

  private Simulator(Map<String, SimulatedCamera> cameras, Loop loop, InetSocketAddress address) {
    this.cameras = cameras;
    this.loop = loop;
    this.address = address;
    this.thread = new Thread(loop, "istream-simulator");
    thread.setDaemon(true);
  }

  /**
   * Starts; when it returns, the port is open.
   *
   * @throws IOException if the port cannot be opened
   * @throws IllegalArgumentException if a camera names no clip
   */
  public static Simulator start(SimulatorSettings settings) throws IOException {
    Random random = new Random();
    Map<String, SimulatedCamera> cameras = new LinkedHashMap<>();
    Loop loop = new Loop(cameras, settings, random, Clock.systemUTC(), System::nanoTime);
    for (CameraSpec spec : settings.cameras()) {
      SimulatedCamera camera = new SimulatedCamera(spec, settings.kilobits(), loop, random);
      cameras.put(spec.name(), camera);
    }
    InetSocketAddress address = loop.open();
    for (SimulatedCamera camera : cameras.values()) {
      camera.url("rtsp://" + host(address) + ":" + address.getPort() + "/" + camera.name());
    }
    Simulator simulator = new Simulator(cameras, loop, address);
    simulator.thread.start();
    return simulator;
  }

  private static String host(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  /** The port it listens on. */
  public int port() {
    return address.getPort();
  }

  /** All cameras, in the order of the settings. */
  public List<SimulatedCamera> cameras() {
    return List.copyOf(cameras.values());
  }

  /**
   * A camera by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SimulatedCamera camera(String name) {
    SimulatedCamera camera = cameras.get(name);
    if (camera == null) {
      throw new IllegalArgumentException("no camera " + name + "; there are " + cameras.keySet());
    }
    return camera;
  }

  /**
   * Resets all connections, keeps the port closed for a while, and begins again with new time
   * stamps and the next life's frame numbers ({@link FrameNumber#LIFE}). Faults stay.
   */
  public void reboot(Duration closed) {
    loop.execute(() -> loop.reboot(closed));
  }

  /** Closes the port and all connections; returns when that is done. */
  @Override
  public void close() {
    loop.stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
