// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Optional<Onvif> onvif;

  private Simulator(
      Map<String, SimulatedCamera> cameras,
      Loop loop,
      InetSocketAddress address,
      Optional<Onvif> onvif) {
    this.cameras = cameras;
    this.loop = loop;
    this.address = address;
    this.onvif = onvif;
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
      SimulatedCamera camera =
          new SimulatedCamera(spec, settings.delivery().kilobits(), loop, random);
      cameras.put(spec.name(), camera);
    }
    InetSocketAddress address = loop.open();
    InetAddress host = reachable(address.getAddress());
    for (SimulatedCamera camera : cameras.values()) {
      String authority = Whereabouts.host(host) + ":" + address.getPort();
      camera.url("rtsp://" + authority + "/" + camera.name());
    }
    Simulator simulator =
        new Simulator(cameras, loop, address, onvif(settings, cameras, address, loop));
    simulator.onvif.ifPresent(onvif -> onvif.name(host, address.getPort()));
    simulator.thread.start();
    return simulator;
  }

  private static Optional<Onvif> onvif(
      SimulatorSettings settings,
      Map<String, SimulatedCamera> cameras,
      InetSocketAddress address,
      Loop loop)
      throws IOException {
    if (settings.onvif().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Onvif.start(settings.onvif().get(), settings.login(), cameras, address));
    } catch (IOException e) {
      // closes the port that is open already
      loop.stop();
      loop.run();
      throw e;
    }
  }

  private static InetAddress reachable(InetAddress address) {
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }

  /** The port it listens on. */
  public int port() {
    return address.getPort();
  }

  /** The port where it answers ONVIF; 0 if it does not. */
  public int onvifPort() {
    return onvif.map(Onvif::port).orElse(0);
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
    onvif.ifPresent(Simulator::close);
    loop.stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Onvif onvif) {
    try {
      onvif.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the ONVIF port", e);
    }
  }
}
