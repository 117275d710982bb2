// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a simulator is to be.
 *
 * @param address to listen on; port 0 for a free one
 * @param cameras at least one
 * @param login for all of them
 * @param delivery how they send
 * @param onvif how they answer ONVIF; empty if they do not
 */
public record SimulatorSettings(
    InetSocketAddress address,
    List<CameraSpec> cameras,
    Login login,
    Delivery delivery,
    Optional<OnvifSettings> onvif) {
  /**
   * How cameras send.
   *
   * @param kilobits bit rate that their video is padded to; 0 leaves the clips as they are
   * @param backlog bytes kept for a reader that is too slow; what comes beyond is lost for it
   * @param sessionSeconds after which a session without a sign of life ends
   */
  public record Delivery(int kilobits, int backlog, int sessionSeconds) {
    /** Clips as they are; a reader may lag by half a second at 4 Mbit/s beyond its own buffer. */
    public static final Delivery USUAL = new Delivery(0, 256 * 1024, 60);

    /**
     * Refuses what makes no sense.
     *
     * @throws IllegalArgumentException naming it
     */
    public Delivery {
      if (kilobits < 0 || kilobits > 100_000 || backlog <= 0 || sessionSeconds <= 0) {
        throw new IllegalArgumentException(
            "kilobits must be 0 to 100000, backlog and session time above 0");
      }
    }

    Delivery kilobits(int other) {
      return new Delivery(other, backlog, sessionSeconds);
    }

    Delivery backlog(int other) {
      return new Delivery(kilobits, other, sessionSeconds);
    }

    Delivery sessionSeconds(int other) {
      return new Delivery(kilobits, backlog, other);
    }
  }

  /**
   * Refuses what makes no sense.
   *
   * @throws IllegalArgumentException naming it
   */
  public SimulatorSettings {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(login, "login");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(onvif, "onvif");
    cameras = List.copyOf(cameras);
    if (cameras.isEmpty()) {
      throw new IllegalArgumentException("no camera; name one, such as front:h264");
    }
    if (cameras.stream().map(CameraSpec::name).distinct().count() < cameras.size()) {
      throw new IllegalArgumentException("two cameras have the same name: " + cameras);
    }
  }

  /** Cameras on a free port of the loopback interface, for everybody, without ONVIF. */
  public static SimulatorSettings of(String... cameras) {
    return new SimulatorSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        List.of(cameras).stream().map(CameraSpec::parse).toList(),
        Login.NONE,
        Delivery.USUAL,
        Optional.empty());
  }

  /** The same at another address. */
  public SimulatorSettings address(InetSocketAddress other) {
    return new SimulatorSettings(other, cameras, login, delivery, onvif);
  }

  /** The same with a login. */
  public SimulatorSettings login(String user, String password, Login.Scheme... schemes) {
    Login other = new Login(user, password, List.of(schemes));
    return new SimulatorSettings(address, cameras, other, delivery, onvif);
  }

  /** The same with video padded to a bit rate. */
  public SimulatorSettings kilobits(int other) {
    return delivery(delivery.kilobits(other));
  }

  /** The same with another backlog. */
  public SimulatorSettings backlog(int other) {
    return delivery(delivery.backlog(other));
  }

  /** The same with another time after which a silent session ends. */
  public SimulatorSettings sessionSeconds(int other) {
    return delivery(delivery.sessionSeconds(other));
  }

  private SimulatorSettings delivery(Delivery other) {
    return new SimulatorSettings(address, cameras, login, other, onvif);
  }

  /** The same, answering ONVIF. */
  public SimulatorSettings onvif(OnvifSettings other) {
    return new SimulatorSettings(address, cameras, login, delivery, Optional.of(other));
  }
}
