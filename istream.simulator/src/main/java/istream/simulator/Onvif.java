// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** All that answers ONVIF for the cameras of a simulator. */
final class Onvif implements Closeable {
  private final List<OnvifDevice> devices;
  private final OnvifServer server;
  private final ProbeResponder responder;

  private Onvif(List<OnvifDevice> devices, OnvifServer server, ProbeResponder responder) {
    this.devices = devices;
    this.server = server;
    this.responder = responder;
  }

  /**
   * Starts.
   *
   * @param rtsp where the cameras stream
   * @throws IOException if a port cannot be opened, or an interface is missing
   */
  static Onvif start(
      OnvifSettings settings,
      Login login,
      Map<String, SimulatedCamera> cameras,
      InetSocketAddress rtsp)
      throws IOException {
    Clock clock = Clock.offset(Clock.systemUTC(), settings.clockOffset());
    List<OnvifDevice> devices = OnvifDevice.of(cameras, settings.naming());
    OnvifAnswers answers =
        new OnvifAnswers(devices, device -> new OnvifGuard(login, settings.logins(), clock), clock);
    InetSocketAddress address = new InetSocketAddress(rtsp.getAddress(), settings.port());
    OnvifServer server = new OnvifServer(address, rtsp.getPort(), answers);
    ProbeResponder responder =
        new ProbeResponder(
            devices, (device, at) -> new Whereabouts(device, at, server.port(), rtsp.getPort()));
    Onvif onvif = new Onvif(devices, server, responder);
    try {
      server.start();
      responder.start(settings.interfaces(), rtsp.getAddress());
    } catch (IOException e) {
      onvif.close();
      throw e;
    }
    return onvif;
  }

  /** Tells the cameras their ONVIF addresses. */
  void name(InetAddress host, int rtspPort) {
    for (OnvifDevice device : devices) {
      device
          .camera()
          .onvifUrl(new Whereabouts(device, host, port(), rtspPort).service(OnvifServices.DEVICE));
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() throws IOException {
    try (responder) {
      server.close();
    }
  }
}
