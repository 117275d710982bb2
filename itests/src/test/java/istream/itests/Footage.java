// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.simulator.CountFrames;
import istream.simulator.FrameCounterReader;
import istream.simulator.FrameTally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an instance says of its cameras, and what lies on its disk. */
final class Footage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Instance instance;

  Footage(Instance instance) {
    this.instance = instance;
  }

  /** A hole that the ledger has. */
  record Hole(Instant from, Instant to, boolean open, String cause, String detail) {}

  /**
   * A hole between two files.
   *
   * @param next number of the first frame after it
   */
  record Seam(Instant from, Instant to, long next) {}

  /** What a command says in JSON. */
  JsonNode json(String... words) throws Exception {
    Instance.Result result = instance.run(words);
    assertEquals(0, result.exit(), result.err());
    return JSON.readTree(result.out());
  }

  /** What {@code status} says of a camera; missing if it is not known. */
  JsonNode status(String camera) throws Exception {
    for (JsonNode each : json("status", "--json").path("cameras")) {
      if (each.path("id").asText().equals(camera)) {
        return each;
      }
    }
    return JSON.missingNode();
  }

  /** Its state in {@code status}; empty if it is not known. */
  String state(String camera) throws Exception {
    return status(camera).path("state").asText();
  }

  /** The gaps that the ledger has of a camera. */
  List<Hole> gaps(String camera) throws Exception {
    List<Hole> gaps = new ArrayList<>();
    for (JsonNode gap : json("gaps", "--camera", camera, "--json").path("gaps")) {
      gaps.add(
          new Hole(
              Instant.parse(gap.path("from").asText()),
              Instant.parse(gap.path("to").asText()),
              gap.path("open").asBoolean(),
              gap.path("cause").asText(),
              gap.path("detail").asText()));
    }
    return gaps;
  }

  /** What the log says of a camera. */
  String log(String camera) throws IOException {
    return instance
        .log()
        .lines()
        .filter(line -> line.contains("camera " + camera + ":") || line.contains("-" + camera))
        .collect(Collectors.joining("\n"));
  }

  /** The files of a camera, oldest first. */
  List<Path> files(String camera) throws IOException {
    return FootageWalk.files(instance.footage().resolve(camera));
  }

  /** The frames in the files of a camera. */
  FrameTally tally(String camera) throws IOException {
    return CountFrames.count(files(camera));
  }

  /** The holes between the files of a camera, by what a stock reader finds in them. */
  List<Seam> holesBetweenFiles(String camera) throws Exception {
    List<Seam> holes = new ArrayList<>();
    Instant end = null;
    for (Path file : files(camera)) {
      String name = file.getFileName().toString().replace(".mp4", "");
      Instant start = STAMP.parse(name.substring(name.lastIndexOf('_') + 1), Instant::from);
      if (end != null && Duration.between(end, start).toMillis() > 200) {
        holes.add(new Seam(end, start, FrameCounterReader.read(file).get(0)));
      }
      end = start.plus(length(file));
    }
    return holes;
  }

  /** How long the video in a file is. */
  private static Duration length(Path file) throws Exception {
    String packets =
        NetworkCable.run(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=pts_time,duration_time",
            "-of",
            "csv=p=0",
            file.toString());
    double first = Double.MAX_VALUE;
    double last = 0;
    for (String line : packets.lines().toList()) {
      String[] words = line.split(",", -1);
      double from = Double.parseDouble(words[0]);
      first = Math.min(first, from);
      last = Math.max(last, from + Double.parseDouble(words[1]));
    }
    return Duration.ofNanos(Math.round((last - first) * 1e9));
  }

  /** The camera has every frame of its first life so far, and no gap. */
  void assertWhole(String camera) throws Exception {
    FrameTally tally = tally(camera);
    assertTrue(tally.whole(), camera + ": " + tally);
    assertEquals(List.of(), gaps(camera), camera);
  }

  /** Waits until a camera's recording has begun. */
  void awaitRecording(String camera) throws Exception {
    Wait.until(
        camera + " is recorded",
        Duration.ofSeconds(20),
        () -> state(camera).equals("recording") && tally(camera).frames() > 0);
  }

  /** No file of the camera makes FFmpeg complain. */
  void assertDecodes(String camera) throws Exception {
    for (Path file : files(camera)) {
      String words =
          NetworkCable.run(
              "ffmpeg", "-nostdin", "-v", "error", "-i", file.toString(), "-f", "null", "-");
      assertEquals("", words, file.toString());
    }
  }
}
