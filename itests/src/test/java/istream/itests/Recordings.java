// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import istream.simulator.CountFrames;
import istream.simulator.FrameTally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * What an instance has recorded: what it says of it, and what is in the files.
 *
 * @param instance that records
 */
record Recordings(Instance instance) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z.mp4'").withZone(ZoneOffset.UTC);

  /** Pictures per second of the simulated cameras. */
  private static final double RATE = 25;

  /** Pictures from one key frame to the next; their numbers are its multiples. */
  private static final long GOP = 25;

  /** Of a gap's bounds: half a frame, the clock of the run, and a frame's time on either side. */
  private static final double SLACK_SECONDS = 0.3;

  /** Has a camera recorded, in short segments. */
  void record(String camera, String url, String archive) throws IOException {
    instance.write(
        "istream.camera-" + camera + ".cfg",
        "rtsp.url = " + url + "\nsegment.seconds = 3\narchive = " + archive + "\n");
  }

  /** What {@code status} says of a camera; missing if it is unknown. */
  JsonNode camera(String id) throws Exception {
    return new Footage(instance).status(id);
  }

  /** What {@code status} says of a storage; missing if it is unknown. */
  JsonNode storage(String id) throws Exception {
    for (JsonNode each : json("status", "--json").path("storages")) {
      if (each.path("id").asText().equals(id)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  /** What a command says in JSON. */
  JsonNode json(String... words) throws Exception {
    return new Footage(instance).json(words);
  }

  /** The gaps of a camera, oldest first. */
  List<JsonNode> gaps(String camera) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    json("gaps", "--camera", camera, "--json").path("gaps").forEach(found::add);
    return found;
  }

  /** The files of a camera, oldest first. */
  static List<Path> files(Path storage, String camera) throws IOException {
    return FootageWalk.files(storage.resolve(camera));
  }

  /** The frames of a camera that are in its files. */
  static FrameTally tally(Path storage, String camera) throws IOException {
    return CountFrames.count(files(storage, camera));
  }

  /** The newest frame's number; -1 while there is none. */
  static long newest(Path storage, String camera) throws IOException {
    List<Path> files = files(storage, camera);
    long newest = -1;
    for (int i = files.size() - 1; i >= 0 && newest < 0; i--) {
      newest = CountFrames.count(List.of(files.get(i))).last();
    }
    return newest;
  }

  /** Waits until so many seconds more are in the files than now. */
  static void awaitMore(Path storage, String camera, int seconds) throws Exception {
    awaitFrame(storage, camera, newest(storage, camera) + (long) (seconds * RATE));
  }

  /** Waits until the files have reached a frame. */
  static void awaitFrame(Path storage, String camera, long number) throws Exception {
    Wait.until(
        camera + " is recorded up to frame " + number,
        Duration.ofSeconds(60),
        () -> newest(storage, camera) >= number);
  }

  /**
   * Every frame that is missing lies in a gap, and every gap is as long as what is missing, from
   * the oldest file on that is still there; footage goes on with a key frame after each. No policy
   * may delete meanwhile.
   *
   * @return how many gaps that are
   */
  int assertAccounted(Path storage, String camera, String cause) throws Exception {
    List<Path> files = files(storage, camera);
    FrameTally tally = CountFrames.count(files);
    Instant oldest = start(files.get(0));
    List<JsonNode> gaps = new ArrayList<>(gaps(camera));
    gaps.removeIf(gap -> Instant.parse(gap.path("from").asText()).isBefore(oldest));
    // what is no longer recorded is missing since
    gaps.removeIf(gap -> isOpen(gap) && gap.path("cause").asText().equals("operator"));
    String all = camera + ": " + tally + " " + gaps;
    assertEquals(0, tally.duplicates() + tally.outOfOrder() + tally.unnumbered(), all);
    assertEquals(gaps.size(), tally.missing().size(), all);
    for (int i = 0; i < gaps.size(); i++) {
      JsonNode gap = gaps.get(i);
      FrameTally.Range missing = tally.missing().get(i);
      assertEquals(cause, gap.path("cause").asText(), all);
      assertFalse(isOpen(gap), "the gap has ended: " + all);
      assertEquals(missing.size() / RATE, seconds(gap), SLACK_SECONDS, "length in " + all);
      assertEquals(0, (missing.to() + 1) % GOP, "a key frame comes next: " + all);
    }
    return gaps.size();
  }

  private static boolean isOpen(JsonNode gap) {
    return gap.path("open").asBoolean();
  }

  /** What the name of a file says about its first frame. */
  private static Instant start(Path file) {
    String name = file.getFileName().toString();
    return STAMP.parse(name.substring(name.lastIndexOf('_') + 1), Instant::from);
  }

  /** How long a gap is. */
  static double seconds(JsonNode gap) {
    Instant from = Instant.parse(gap.path("from").asText());
    return Duration.between(from, Instant.parse(gap.path("to").asText())).toMillis() / 1000.0;
  }

  /** Every file decodes without a word, as far as it is written. */
  static void assertDecodes(Path storage, String camera) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
    List<String> maps = new ArrayList<>();
    // one process for all: starting it takes longer than decoding
    for (Path file : files(storage, camera)) {
      command.addAll(List.of("-threads", "1", "-i", file.toString()));
      maps.addAll(List.of("-map", Integer.toString(maps.size() / 2)));
    }
    command.addAll(maps);
    command.addAll(List.of("-f", "null", "-"));
    assertEquals(
        "", NetworkCable.run(command.toArray(String[]::new)), "ffmpeg on files of " + camera);
  }
}
