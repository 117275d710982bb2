// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The JSON that scripts build on: complete, and true to what lies on the disk. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusIT {
  private static final int KILOBITS = 1000;
  private static final int FILES = 4;
  private static final Duration RECORDED = Duration.ofSeconds(60);
  private static final Duration STEADY = Duration.ofSeconds(15);

  /** What may not be on the disk yet: a fragment, a sync, and what a busy machine adds. */
  private static final Duration RISK = Duration.ofSeconds(3);

  @TempDir static Path home;
  private static Simulator simulator;
  private static Instance instance;

  @BeforeAll
  static void record() throws Exception {
    Ffmpeg.require();
    simulator =
        Simulator.start(SimulatorSettings.of("front:h264", "yard:h265:silent").kilobits(KILOBITS));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    for (String camera : List.of("front", "yard")) {
      instance.write(
          "istream.camera-" + camera + ".cfg",
          "rtsp.url = " + simulator.camera(camera).url() + "\nsegment.seconds = 3\n");
    }
    instance.write(
        "istream.camera-off.cfg", "rtsp.url = rtsp://127.0.0.1:1/off\nenabled = false\n");
    instance.start();
    Wait.until(
        "both cameras have files",
        RECORDED,
        () ->
            FootageFile.of(instance.footage(), "front").size() >= FILES
                && FootageFile.of(instance.footage(), "yard").size() >= FILES);
  }

  @AfterAll
  static void stop() {
    if (instance != null) {
      instance.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void statusOfCameras() throws Exception {
    JsonNode cameras = json("status").path("cameras");
    assertEquals(List.of("front", "off", "yard"), texts(cameras, "id"));
    for (JsonNode camera : cameras) {
      requireKeys(
          camera,
          "id",
          "state",
          "since",
          "bitsPerSecond",
          "framesPerSecond",
          "lastDurable",
          "replicas");
      assertTrue(camera.path("replicas").isArray(), camera.toString());
    }
    assertEquals("disabled", cameras.get(1).path("state").asText());
    for (String id : List.of("front", "yard")) {
      checkFigures(id);
    }
  }

  private static void checkFigures(String id) throws Exception {
    AtomicReference<Instant> asked = new AtomicReference<>();
    AtomicReference<JsonNode> told = new AtomicReference<>();
    Wait.until(
        id + " is recorded at the camera's rate",
        STEADY,
        () -> {
          asked.set(Instant.now());
          told.set(camera(id));
          return Math.abs(told.get().path("framesPerSecond").asDouble() - 25) <= 2.1;
        });
    Instant answered = Instant.now();
    JsonNode camera = told.get();
    assertEquals("recording", camera.path("state").asText(), camera.toString());
    assertTrue(instant(camera, "since").isBefore(asked.get()), camera.toString());
    Instant durable = instant(camera, "lastDurable");
    assertTrue(durable.isBefore(answered), camera.toString());
    assertTrue(durable.isAfter(asked.get().minus(RISK)), asked + " " + camera);
    double truth = bitsPerSecond(FootageFile.of(instance.footage(), id));
    assertEquals(truth, camera.path("bitsPerSecond").asDouble(), 0.15 * truth, camera.toString());
  }

  private static JsonNode camera(String id) throws Exception {
    return new Footage(instance).status(id);
  }

  @Test
  void statusOfStorages() throws Exception {
    long before = bytes();
    JsonNode storages = json("status").path("storages");
    long after = bytes();
    assertEquals(List.of("archive"), texts(storages, "id"));
    JsonNode storage = storages.get(0);
    requireKeys(storage, "id", "kind", "state", "usedBytes", "freeBytes", "lastError");
    assertEquals("local", storage.path("kind").asText());
    assertTrue(storage.path("lastError").isNull(), storage.toString());
    long used = storage.path("usedBytes").asLong();
    long slack = 3L * 2 * KILOBITS * 1000 / 8;
    assertTrue(used >= before - slack && used <= after + slack, before + " " + used + " " + after);
    long free = Files.getFileStore(instance.footage()).getUsableSpace();
    long told = storage.path("freeBytes").asLong();
    assertTrue(Math.abs(free - told) <= free / 20, free + " free, not " + storage);
  }

  @Test
  void segmentsAreWhatLiesOnTheDisk() throws Exception {
    Map<String, JsonNode> listed = new TreeMap<>();
    // at a cut a camera has no open segment for a moment
    Wait.until(
        "each camera has one open segment",
        STEADY,
        () -> {
          list(listed);
          return open(listed, "front") == 1 && open(listed, "yard") == 1;
        });
    Set<String> closed = new TreeSet<>();
    for (String camera : List.of("front", "yard")) {
      for (FootageFile file : FootageFile.of(instance.footage(), camera)) {
        JsonNode segment = listed.get(file.path().toString());
        if (segment != null && !segment.path("open").asBoolean()) {
          check(segment, camera, file);
          closed.add(file.path().toString());
        } else if (file.number() < FILES - 1) {
          throw new AssertionError(file.path() + " is not a closed segment of " + listed);
        }
      }
    }
    assertEquals(listed.size() - 2, closed.size(), "every closed segment is a file");
  }

  private static void list(Map<String, JsonNode> listed) throws Exception {
    JsonNode segments = json("segments").path("segments");
    listed.clear();
    for (JsonNode segment : segments) {
      requireKeys(segment, "camera", "storage", "start", "duration", "bytes", "open", "file");
      listed.put(segment.path("file").asText(), segment);
    }
    assertEquals(segments.size(), listed.size(), "no file twice in " + segments);
  }

  private static long open(Map<String, JsonNode> listed, String camera) {
    return listed.values().stream()
        .filter(each -> each.path("camera").asText().equals(camera))
        .filter(each -> each.path("open").asBoolean())
        .count();
  }

  private static void check(JsonNode segment, String camera, FootageFile file) throws Exception {
    assertEquals(camera, segment.path("camera").asText());
    assertEquals("archive", segment.path("storage").asText());
    assertEquals(Files.size(file.path()), segment.path("bytes").asLong(), segment.toString());
    Duration off = Duration.between(file.start(), instant(segment, "start"));
    assertTrue(off.abs().toMillis() <= 2, off + " off in " + segment);
    double seconds = segment.path("duration").asDouble();
    assertEquals(Ffmpeg.videoSeconds(file.path()), seconds, 0.05, segment.toString());
  }

  // last: it makes a camera fail
  @Test
  @Order(Integer.MAX_VALUE)
  void gapsNameTheirCause() throws Exception {
    simulator.camera("yard").reset();
    Wait.until("the reset is a gap", RECORDED, () -> !json("gaps").path("gaps").isEmpty());
    for (JsonNode gap : json("gaps").path("gaps")) {
      requireKeys(gap, "camera", "from", "to", "cause", "detail");
      assertEquals("yard", gap.path("camera").asText(), gap.toString());
      assertEquals("camera", gap.path("cause").asText(), gap.toString());
      assertFalse(gap.path("detail").asText().isBlank(), gap.toString());
      assertTrue(instant(gap, "from").isBefore(instant(gap, "to")), gap.toString());
    }
    assertTrue(json("gaps", "--camera", "front").path("gaps").isEmpty());
  }

  private static JsonNode json(String command, String... options) throws Exception {
    String[] words =
        Stream.concat(Stream.of(command, "--json"), Stream.of(options)).toArray(String[]::new);
    Instance.Result result = instance.run(words);
    assertEquals(0, result.exit(), result.err());
    assertEquals("", result.err());
    return new ObjectMapper().readTree(result.out());
  }

  private static void requireKeys(JsonNode object, String... keys) {
    for (String key : keys) {
      assertTrue(object.has(key), key + " in " + object);
    }
  }

  private static List<String> texts(JsonNode array, String key) {
    return array.findValuesAsText(key);
  }

  private static Instant instant(JsonNode object, String key) {
    return Instant.parse(object.path(key).asText());
  }

  private static double bitsPerSecond(List<FootageFile> files) throws IOException {
    double seconds = 0;
    long bytes = 0;
    for (FootageFile file : files.subList(0, files.size() - 1)) {
      seconds += file.length().toMillis() / 1000.0;
      bytes += Files.size(file.path());
    }
    return bytes * 8 / seconds;
  }

  private static long bytes() throws IOException {
    long sum = 0;
    try (Stream<Path> walk = Files.walk(instance.footage())) {
      for (Path path : walk.filter(each -> each.toString().endsWith(".mp4")).toList()) {
        sum += Files.size(path);
      }
    }
    return sum;
  }
}
