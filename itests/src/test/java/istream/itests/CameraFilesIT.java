// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of cameras, and what {@code status} makes of them. */
class CameraFilesIT {
  private static final Duration EFFECT = Duration.ofSeconds(15);
  private static final String SILENT = "rtsp.url = rtsp://127.0.0.1:1/none\n";

  private static final int SECONDS = 7;

  @TempDir static Path home;
  private static Instance instance;

  @BeforeAll
  static void start() throws Exception {
    assertTrue(
        Distribution.unpacked().hasComponents("istream.recorder"),
        "the recorder has a component to configure");
    instance =
        new Instance(Distribution.unpacked().launcher(), home)
            .with("SECONDS", Integer.toString(SECONDS))
            .start();
  }

  @AfterAll
  static void stop() {
    if (instance != null) {
      instance.close();
    }
  }

  @Test
  void takesAFileThatAppearsAndForgetsOneThatGoes() throws Exception {
    instance.write("istream.camera-dropped.cfg", SILENT);
    Wait.until("the new camera is known", EFFECT, () -> state("dropped") != null);
    instance.delete("istream.camera-dropped.cfg");
    Wait.until("the deleted camera is gone", EFFECT, () -> state("dropped") == null);
  }

  @Test
  void showsAFileThatCannotBeUsedAsMisconfigured() throws Exception {
    instance.write("istream.camera-wrong.cfg", SILENT + "segment.seconds = soon\n");
    Wait.until("the camera is misconfigured", EFFECT, () -> "misconfigured".equals(state("wrong")));
    assertTrue(instance.log().contains("segment.seconds"), "the log names the key");
    instance.delete("istream.camera-wrong.cfg");
    Wait.until("the camera is gone", EFFECT, () -> state("wrong") == null);
  }

  @Test
  void showsAFileWhoseNameHoldsNoUsableId() throws Exception {
    instance.write("istream.camera-Front.cfg", SILENT);
    Wait.until("it is misconfigured", EFFECT, () -> "misconfigured".equals(state("Front")));
    instance.delete("istream.camera-Front.cfg");
  }

  @Test
  void namesAFileWithoutAnIdAndDisturbsNoOther() throws Exception {
    instance.write("istream.camera.cfg", SILENT);
    Wait.until("it is named", EFFECT, () -> instance.run("status").out().contains("holds no id"));
    instance.write("istream.camera-later.cfg", SILENT);
    Wait.until("the next camera is known", EFFECT, () -> state("later") != null);
    instance.delete("istream.camera.cfg");
    instance.delete("istream.camera-later.cfg");
  }

  @Test
  void interpolatesTheEnvironment() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("env"))) {
      String url = simulator.camera("env").url();
      instance.write(
          "istream.camera-env.cfg", "rtsp.url = " + url + "\nsegment.seconds = $[env:SECONDS]\n");
      Wait.until(
          "two files are whole",
          Duration.ofSeconds(60),
          () -> FootageFile.of(instance.footage(), "env").size() > 2);
      // the first one is shorter; a file ends with a GOP of 1 s
      Duration length = FootageFile.of(instance.footage(), "env").get(1).length();
      assertEquals(SECONDS, length.toMillis() / 1000.0, 1.1);
      instance.delete("istream.camera-env.cfg");
      Wait.until("the camera is gone", EFFECT, () -> state("env") == null);
    }
  }

  @Test
  void refusesAVariableThatIsNotSet() throws Exception {
    instance.write("istream.camera-unset.cfg", SILENT + ".password = $[env:NO_SUCH_VARIABLE]\n");
    Wait.until("the camera is misconfigured", EFFECT, () -> "misconfigured".equals(state("unset")));
    String status = instance.run("status").out();
    assertTrue(status.contains("NO_SUCH_VARIABLE has none: set it"), status);
    instance.delete("istream.camera-unset.cfg");
  }

  private static String state(String camera) throws Exception {
    Instance.Result result = instance.run("status", "--json");
    assertEquals(0, result.exit(), result.err());
    for (JsonNode each : new ObjectMapper().readTree(result.out()).path("cameras")) {
      if (each.path("id").asText().equals(camera)) {
        return each.path("state").asText();
      }
    }
    return null;
  }
}
