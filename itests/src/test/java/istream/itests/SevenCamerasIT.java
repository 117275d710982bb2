// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the file of an eighth camera, seven go on without losing a frame. */
class SevenCamerasIT {
  /** By the product's own stamps, from the change of the file on; looked for with patience. */
  private static final Duration EFFECT = Duration.ofSeconds(3);

  /** Connecting, and up to a second until the next key frame. */
  private static final Duration RECORDED = EFFECT.plusSeconds(3);

  /** A gap begins with what is not stored, which may have been sent before its cause. */
  private static final Duration FRAGMENT = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> SEVEN =
      List.of("one", "two", "three", "four", "five", "six", "seven");

  @TempDir static Path home;
  private static CameraServer server;
  private static Instance instance;
  private static Footage footage;
  private static Watcher watcher;

  @BeforeAll
  static void start() throws Exception {
    server =
        CameraServer.start(
            "one", "two:h264b", "three:h265", "four", "five", "six", "seven", "eight");
    watcher = Watcher.start();
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
    if (watcher != null) {
      watcher.close();
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
    Instant dropped = write("eight", "segment.seconds = 60");
    awaitState("eight", "recording");
    assertSoon(dropped, since("eight"), RECORDED);
    Wait.until("it is on disk", PATIENCE, () -> footage.tally("eight").frames() > 50);
    assertEquals(1, footage.files("eight").size(), () -> "files of 60 s" + names("eight"));

    Instant changed = write("eight", "segment.seconds = 2");
    Wait.until("files are of 2 s", PATIENCE, () -> footage.files("eight").size() > 3);
    assertSoon(changed, since("eight"), RECORDED);

    Instant deleted = Instant.now();
    instance.delete("istream.camera-eight.cfg");
    awaitState("eight", "");
    int files = footage.files("eight").size();
    assertTrue(files > 3, "what it recorded stays");
    footage.assertDecodes("eight");
    List<Footage.Hole> gaps = footage.gaps("eight");
    for (Footage.Hole gap : gaps) {
      assertEquals("operator", gap.cause(), gaps.toString());
    }
    Footage.Hole last = gaps.get(gaps.size() - 1);
    assertTrue(last.open(), "it is not recorded any more: " + gaps);
    assertSoon(deleted.minus(FRAGMENT), last.from(), EFFECT.plus(FRAGMENT));
  }

  @Test
  void aFileThatCannotBeUsedSaysWhyUntilItIsCorrected() throws Exception {
    Instant written = write("wrong", "segment.seconds = soon");
    awaitState("wrong", "misconfigured");
    assertSoon(written, since("wrong"), EFFECT);
    assertNamed("wrong", "segment.seconds", "\"soon\"", "allowed: a whole number from 2 to 3600");

    Instant rewritten = write("wrong", "segmnet.seconds = 10");
    Wait.until("the other mistake is told", PATIENCE, () -> reason("wrong").contains("segmnet"));
    assertSoon(rewritten, since("wrong"), EFFECT);
    assertNamed("wrong", "segmnet.seconds", "\"10\"", "allowed: ", "segment.seconds");

    Instant corrected = writeFor("wrong", "eight", "segment.seconds = 2");
    awaitState("wrong", "recording");
    assertSoon(corrected, since("wrong"), RECORDED);
    instance.delete("istream.camera-wrong.cfg");
    awaitState("wrong", "");
  }

  @Test
  void aCameraIsSwitchedOffAndOn() throws Exception {
    writeFor("off", "eight", "segment.seconds = 2");
    footage.awaitRecording("off");
    Instant before = Instant.now();
    assertDone("extinguish", "off");
    awaitState("off", "disabled");
    assertSoon(before, since("off"), EFFECT);
    assertTrue(Files.exists(instance.etc().resolve("istream.camera-off.cfg")), "its file stays");
    Instant again = Instant.now();
    assertDone("ignite", "off");
    awaitState("off", "recording");
    assertSoon(again, since("off"), RECORDED);
    Wait.until(
        "the gap has ended",
        PATIENCE,
        () -> footage.gaps("off").size() == 1 && !footage.gaps("off").get(0).open());
    Footage.Hole gap = footage.gaps("off").get(0);
    assertEquals("operator", gap.cause());
    assertSoon(before.minus(FRAGMENT), gap.from(), EFFECT.plus(FRAGMENT));
    instance.delete("istream.camera-off.cfg");
    awaitState("off", "");
  }

  /** Writes the file of a camera, and returns when that was. */
  private static Instant write(String camera, String line) throws Exception {
    return writeFor(camera, camera, line);
  }

  private static Instant writeFor(String camera, String source, String line) throws Exception {
    String file = "istream.camera-" + camera + ".cfg";
    instance.write(file, "rtsp.url = " + server.url(source) + "\n" + line + "\n");
    return Files.getLastModifiedTime(instance.etc().resolve(file)).toInstant();
  }

  /** Something was so after its cause, within a time, and what the machine itself came late. */
  private static void assertSoon(Instant cause, Instant effect, Duration most) throws Exception {
    Duration late = Duration.ofNanos(watcher.latestNanos());
    assertTrue(
        effect.isAfter(cause) && effect.isBefore(cause.plus(most).plus(late)),
        "%s is not within %s of %s, with %s of lateness; the log:%n%s"
            .formatted(effect, most, cause, late, instance.lastOfLog()));
  }

  /** Since when a camera's state is what it is. */
  private static Instant since(String camera) throws Exception {
    return Instant.parse(footage.status(camera).path("since").asText());
  }

  private static void assertDone(String... words) throws Exception {
    Instance.Result result = instance.run(words);
    assertEquals(0, result.exit(), result.err());
  }

  private static void awaitState(String camera, String state) throws Exception {
    Wait.until(
        camera + " is " + (state.isEmpty() ? "forgotten" : state),
        PATIENCE,
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

  /** One line of the log, and the status, name the file, the key, the value, what is allowed. */
  private static void assertNamed(String camera, String... words) throws Exception {
    List<String> named = new ArrayList<>(List.of(words));
    named.add("istream.camera-" + camera + ".cfg");
    String status = reason(camera);
    assertTrue(named.stream().allMatch(status::contains), named + " in the status: " + status);
    String log = footage.log(camera);
    assertTrue(
        log.lines().anyMatch(line -> named.stream().allMatch(line::contains)),
        named + " in the log: " + log);
  }
}
