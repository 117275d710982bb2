// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The RTSP server of itests/peers: GStreamer, with the simulator's numbered clips. */
final class RtspPeer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path SCRIPT = Path.of("peers/rtsp-server.py").toAbsolutePath();

  private final PeerProcess process;

  private RtspPeer(PeerProcess process) {
    this.process = process;
  }

  /** Starts it on a free port; its packages are peers that the test needs. */
  static RtspPeer start(Path log) throws Exception {
    Peers.require(PYTHON, "python3");
    List<String> command = List.of(PYTHON, SCRIPT.toString(), "--port", "0", "--control");
    try {
      return new RtspPeer(PeerProcess.start(command, ProcessBuilder.Redirect.to(log.toFile())));
    } catch (IOException e) {
      Peers.require(
          false, "GStreamer's RTSP server: see itests/peers/README.md, " + log + ", " + e);
      throw new AssertionError(e);
    }
  }

  /** The address of a mount. */
  String url(String mount) {
    return "rtsp://127.0.0.1:" + process.port() + "/" + mount;
  }

  /** The number of the key frame that a mount began with when its reader came. */
  long first(String mount) throws IOException {
    return process.number(mount, "first");
  }

  /** The number of a mount's next frame. */
  long next(String mount) throws IOException {
    return process.number(mount, "next");
  }

  @Override
  public void close() {
    process.close();
  }
}
