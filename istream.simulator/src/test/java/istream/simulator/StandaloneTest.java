// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulator as a process of its own. */
@Timeout(30)
final class StandaloneTest {
  private static Process java(Class<?> main, String... arguments) throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    List<String> command = new ArrayList<>(List.of(java, "-Xmx32m", "-cp", "target/classes"));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void itSaysWhenItIsReadyAndObeys() throws Exception {
    Process process = java(Main.class, "--port", "0", "--camera", "front");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
      String camera = out.readLine();
      assertTrue(camera.startsWith("camera front rtsp://127.0.0.1:"), camera);
      String ready = out.readLine();
      assertTrue(ready.matches("ready on port \\d+"), ready);
      int port = Integer.parseInt(ready.substring(ready.lastIndexOf(' ') + 1));
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      in.write("status\nattic stall\n");
      in.flush();
      assertTrue(out.readLine().startsWith("ok front next="));
      assertTrue(out.readLine().startsWith("error no camera attic"));
    } finally {
      process.destroy();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS), "SIGTERM ends it");
    }
  }

  @Test
  void itSaysWhereCamerasAnswerOnvif() throws Exception {
    Process process = java(Main.class, "--port", "0", "--camera", "front", "--onvif");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.readLine();
      String onvif = out.readLine();
      assertTrue(
          onvif.matches("onvif front http://127\\.0\\.0\\.1:\\d+/front/onvif/device_service"),
          onvif);
      assertTrue(out.readLine().startsWith("ready on port "));
    } finally {
      process.destroy();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS), "SIGTERM ends it");
    }
  }

  @Test
  void wrongUsageIsStatusTwo() throws Exception {
    Process process = java(Main.class, "--port", "0");
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
  }

  @Test
  void noFootageIsNotEverything() throws Exception {
    Process process = java(CountFrames.class, Path.of("src/main/java").toString());
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
  }
}
