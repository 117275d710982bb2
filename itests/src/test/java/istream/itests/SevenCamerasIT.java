// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the file of an eighth camera, seven go on without losing a frame. */
class SevenCamerasIT {
  private static final Duration EFFECT = Duration.ofSeconds(3);

  /** Connecting, and up to a second until the next key frame. */
  private static final Duration RECORDED = EFFECT.plusSeconds(3);

  private static final List<String> SEVEN =
      List.of("one", "two", "three", "four", "five", "six", "seven");

  @TempDir static Path home;
  private static CameraServer server;
  private static Instance instance;
  private static Footage footage;

  @BeforeAll
  static void start() throws Exception {
    server =
        CameraServer.start(
            "one", "two:h264b", "three:h265", "four", "five", "six", "seven", "eight");
    instance = new Instance(Distribution.unpacked().launcher(), home);
    footage = new Footage(instance);
    for (String camera : SEVEN) {
      write(camera, "segment.seconds = 4");
    }
    instance.start();
    for (String camera : SEVEN) {
      footage.awaitRecording(camera);
    }
  }

  @AfterAll
  static void stop() {
    if (instance != null) {
      instance.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void theSevenHaveLostNothing() throws Exception {
    for (String camera : SEVEN) {
      assertEquals("recording", footage.state(camera));
      footage.assertWhole(camera);
    }
  }

  @Test
  void aCameraComesChangesAndGoes() throws Exception {
    write("eight", "segment.seconds = 60");
    awaitState("eight", "recording", RECORDED);
    Wait.until("it is on disk", EFFECT, () -> footage.tally("eight").frames() > 50);
    assertEquals(1, footage.files("eight").size(), () -> "files of 60 s" + names("eight"));

    write("eight", "segment.seconds = 2");
    Wait.until(
        "files are of 2 s", RECORDED.plusSeconds(4), () -> footage.files("eight").size() > 3);

    instance.delete("istream.camera-eight.cfg");
    awaitState("eight", "", EFFECT);
    int files = footage.files("eight").size();
    assertTrue(files > 3, "what it recorded stays");
    footage.assertDecodes("eight");
    List<Footage.Hole> gaps = footage.gaps("eight");
    for (Footage.Hole gap : gaps) {
      assertEquals("operator", gap.cause(), gaps.toString());
    }
  }

  @Test
  void aFileThatCannotBeUsedSaysWhyUntilItIsCorrected() throws Exception {
    write("wrong", "segment.seconds = soon");
    awaitState("wrong", "misconfigured", EFFECT);
    assertNamed("wrong", "segment.seconds", "\"soon\"", "a whole number from 2 to 3600");

    write("wrong", "segmnet.seconds = 10");
    Wait.until("the other mistake is told", EFFECT, () -> reason("wrong").contains("segmnet"));
    assertNamed("wrong", "segmnet.seconds", "\"10\"", "segment.seconds");

    instance.write(
        "istream.camera-wrong.cfg",
        "rtsp.url = " + server.url("eight") + "\nsegment.seconds = 2\n");
    awaitState("wrong", "recording", RECORDED);
    instance.delete("istream.camera-wrong.cfg");
    awaitState("wrong", "", EFFECT);
  }

  @Test
  void aCameraIsSwitchedOffAndOn() throws Exception {
    instance.write(
        "istream.camera-off.cfg", "rtsp.url = " + server.url("eight") + "\nsegment.seconds = 2\n");
    footage.awaitRecording("off");
    assertDone("extinguish", "off");
    awaitState("off", "disabled", EFFECT);
    assertTrue(Files.exists(instance.etc().resolve("istream.camera-off.cfg")), "its file stays");
    assertDone("ignite", "off");
    awaitState("off", "recording", RECORDED);
    Wait.until(
        "the gap has ended",
        EFFECT,
        () -> footage.gaps("off").size() == 1 && !footage.gaps("off").get(0).open());
    assertEquals("operator", footage.gaps("off").get(0).cause());
    instance.delete("istream.camera-off.cfg");
    awaitState("off", "", EFFECT);
  }

  private static void write(String camera, String line) throws Exception {
    instance.write(
        "istream.camera-" + camera + ".cfg",
        "rtsp.url = " + server.url(camera) + "\n" + line + "\n");
  }

  private static void assertDone(String... words) throws Exception {
    Instance.Result result = instance.run(words);
    assertEquals(0, result.exit(), result.err());
  }

  private static void awaitState(String camera, String state, Duration limit) throws Exception {
    Wait.until(
        camera + " is " + (state.isEmpty() ? "forgotten" : state),
        limit,
        () -> footage.state(camera).equals(state));
  }

  private static String names(String camera) {
    try {
      return footage.files(camera) + footage.log(camera) + footage.gaps(camera);
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String reason(String camera) throws Exception {
    JsonNode status = footage.status(camera);
    return status.path("reason").asText();
  }

  /** The log and the status name the file, the key, the value, and what is allowed. */
  private static void assertNamed(String camera, String... words) throws Exception {
    String status = reason(camera);
    String log = footage.log(camera);
    assertTrue(status.contains("istream.camera-" + camera + ".cfg"), status);
    for (String word : words) {
      assertTrue(status.contains(word), word + " in the status: " + status);
      assertTrue(log.contains(word), word + " in the log: " + log);
    }
  }
}
