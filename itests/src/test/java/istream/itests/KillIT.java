// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.simulator.FrameTally;
import istream.simulator.SimulatedCamera;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that is killed at any moment loses a second at most, and says what it missed. */
class KillIT {
  private static final int ROUNDS = 20;
  private static final int LONGEST_ROUND_MILLIS = 2000;
  private static final int FRAMES_PER_SECOND = 25;
  private static final Duration TOLERANCE = Duration.ofMillis(200);
  private static final Duration RESUME = Duration.ofSeconds(30);
  private static final String CAMERA = "front";

  @TempDir Path home;

  /** A hole as the files show it. */
  private record Hole(FootageFile before, FootageFile after) {}

  @Test
  void losesASecondAtMostAndListsEveryHole() throws Exception {
    Ffmpeg.require();
    long seed = new Random().nextLong();
    System.out.println("KillIT: seed " + seed);
    Random random = new Random(seed);
    try (Simulator simulator = Simulator.start(SimulatorSettings.of(CAMERA + ":h264"));
        Instance instance =
            new Instance(Distribution.unpacked().launcher(), home.resolve("instance"))) {
      SimulatedCamera camera = simulator.camera(CAMERA);
      instance.write(
          "istream.camera-front.cfg", "rtsp.url = " + camera.url() + "\nsegment.seconds = 2\n");
      for (int round = 0; round < ROUNDS; round++) {
        long sent = recordedUntilKilled(instance, camera, random.nextInt(LONGEST_ROUND_MILLIS));
        FootageFile last = FootageFile.last(instance.footage(), CAMERA).orElseThrow();
        assertTrue(
            last.last() + FRAMES_PER_SECOND >= sent,
            "round "
                + round
                + ", seed "
                + seed
                + ": frame "
                + sent
                + " was sent, "
                + last.last()
                + " is the last in "
                + last.path());
        Ffmpeg.assertPlays(last.path());
      }
      instance.start();
      long sent = camera.nextNumber();
      Wait.until("it records again", RESUME, () -> recorded(instance) > sent);
      check(instance, seed);
    }
  }

  /** Runs an instance for a while after its first footage; returns the last number sent. */
  private static long recordedUntilKilled(Instance instance, SimulatedCamera camera, int millis)
      throws Exception {
    long before = camera.nextNumber();
    instance.launch();
    Wait.until("footage grows", RESUME, () -> recorded(instance) >= before);
    long enough = camera.nextNumber() + (long) millis * FRAMES_PER_SECOND / 1000;
    Wait.until("the moment has come", RESUME, () -> camera.nextNumber() >= enough);
    long sent = camera.nextNumber() - 1;
    instance.kill();
    return sent;
  }

  private static long recorded(Instance instance) throws Exception {
    return FootageFile.last(instance.footage(), CAMERA).map(FootageFile::last).orElse(-1L);
  }

  private static void check(Instance instance, long seed) throws Exception {
    List<FootageFile> files = FootageFile.of(instance.footage(), CAMERA);
    FrameTally tally = FrameTally.of(FootageFile.numbers(files));
    assertEquals(0, tally.duplicates() + tally.outOfOrder() + tally.unnumbered(), tally.toString());
    assertEquals(ROUNDS, tally.missing().size(), "holes with seed " + seed + ": " + tally);
    List<Hole> holes = new ArrayList<>();
    for (int i = 1; i < files.size(); i++) {
      if (!files.get(i).follows(files.get(i - 1))) {
        assertNotEquals(files.get(i).run(), files.get(i - 1).run());
        holes.add(new Hole(files.get(i - 1), files.get(i)));
      }
      Ffmpeg.assertPlays(files.get(i - 1).path());
    }
    Instance.Result result = instance.run("gaps", "--json");
    assertEquals(0, result.exit(), result.err());
    JsonNode gaps = new ObjectMapper().readTree(result.out()).path("gaps");
    assertEquals(holes.size(), gaps.size(), "gaps with seed " + seed + ": " + result.out());
    for (int i = 0; i < holes.size(); i++) {
      check(holes.get(i), gaps.get(i));
    }
  }

  private static void check(Hole hole, JsonNode gap) {
    String about = hole + " " + gap;
    assertEquals(CAMERA, gap.path("camera").asText(), about);
    assertEquals("restart", gap.path("cause").asText(), about);
    Instant from = Instant.parse(gap.path("from").asText());
    Instant to = Instant.parse(gap.path("to").asText());
    assertNear(hole.before().end(), from, about);
    assertNear(hole.after().start(), to, about);
    long missed = (hole.after().first() - hole.before().last() - 1) * 1000 / FRAMES_PER_SECOND;
    assertNear(from.plusMillis(missed), to, "by the frames' numbers: " + about);
  }

  private static void assertNear(Instant expected, Instant told, String about) {
    Duration off = Duration.between(expected, told).abs();
    assertTrue(off.compareTo(TOLERANCE) <= 0, off + " off in " + about);
  }
}
