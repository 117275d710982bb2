// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The RTSP server of itests/peers: GStreamer, with the simulator's numbered clips. */
final class RtspPeer implements AutoCloseable {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path SCRIPT = Path.of("peers/rtsp-server.py").toAbsolutePath();
  private static final String READY = "ready on port ";

  private final Process process;
  private final int port;

  private RtspPeer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it on a free port; skips the test if its packages are missing. */
  static RtspPeer start(Path log) throws IOException {
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), SCRIPT.toString()));
    command.addAll(List.of("--port", "0"));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return new RtspPeer(process, Integer.parseInt(line.substring(READY.length())));
      }
    }
    process.destroyForcibly();
    assumeTrue(false, "GStreamer's RTSP server is missing: see itests/peers/README.md, " + log);
    throw new AssertionError();
  }

  /** The address of a mount. */
  String url(String mount) {
    return "rtsp://127.0.0.1:" + port + "/" + mount;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
