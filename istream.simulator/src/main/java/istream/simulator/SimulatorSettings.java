// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * What a simulator is to be.
 *
 * @param address to listen on; port 0 for a free one
 * @param cameras at least one
 * @param login for all of them
 * @param kilobits bit rate that their video is padded to; 0 leaves the clips as they are
 * @param backlog bytes kept for a reader that is too slow; what comes beyond is lost for it
 * @param sessionSeconds after which a session without a sign of life ends
 */
public record SimulatorSettings(
    InetSocketAddress address,
    List<CameraSpec> cameras,
    Login login,
    int kilobits,
    int backlog,
    int sessionSeconds) {
  /** What a reader may lag behind: half a second at 4 Mbit/s beyond the socket's own buffer. */
  public static final int USUAL_BACKLOG = 256 * 1024;

  /**
   * Refuses what makes no sense.
   *
   * @throws IllegalArgumentException naming it
   */
  public SimulatorSettings {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(login, "login");
    cameras = List.copyOf(cameras);
    if (cameras.isEmpty()) {
      throw new IllegalArgumentException("no camera; name one, such as front:h264");
    }
    if (cameras.stream().map(CameraSpec::name).distinct().count() < cameras.size()) {
      throw new IllegalArgumentException("two cameras have the same name: " + cameras);
    }
    if (kilobits < 0 || kilobits > 100_000 || backlog <= 0 || sessionSeconds <= 0) {
      throw new IllegalArgumentException(
          "kilobits must be 0 to 100000, backlog and session time above 0");
    }
  }

  /** Cameras on a free port of the loopback interface, for everybody. */
  public static SimulatorSettings of(String... cameras) {
    return new SimulatorSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        List.of(cameras).stream().map(CameraSpec::parse).toList(),
        Login.NONE,
        0,
        USUAL_BACKLOG,
        60);
  }

  /** The same with a login. */
  public SimulatorSettings login(String user, String password, Login.Scheme... schemes) {
    Login other = new Login(user, password, List.of(schemes));
    return new SimulatorSettings(address, cameras, other, kilobits, backlog, sessionSeconds);
  }

  /** The same with video padded to a bit rate. */
  public SimulatorSettings kilobits(int other) {
    return new SimulatorSettings(address, cameras, login, other, backlog, sessionSeconds);
  }

  /** The same with another backlog. */
  public SimulatorSettings backlog(int other) {
    return new SimulatorSettings(address, cameras, login, kilobits, other, sessionSeconds);
  }
}
