// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of cameras, and what {@code status} makes of them. */
class CameraFilesIT {
  private static final Duration EFFECT = Duration.ofSeconds(3);
  private static final String SILENT = "rtsp.url = rtsp://127.0.0.1:1/none\n";

  @TempDir static Path home;
  private static Instance instance;

  @BeforeAll
  static void start() throws Exception {
    assertTrue(
        Distribution.unpacked().hasComponents("istream.recorder"),
        "the recorder has a component to configure");
    instance = new Instance(Distribution.unpacked().launcher(), home).start();
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
    instance.write("istream.camera-env.cfg", "rtsp.url = rtsp://127.0.0.1:1/$[env:ISTREAM_DATA]\n");
    Wait.until("the camera is known", EFFECT, () -> state("env") != null);
    assertNotEquals("misconfigured", state("env"), instance.log());
    instance.delete("istream.camera-env.cfg");
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
