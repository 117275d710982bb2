// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.FrameTally;
import istream.simulator.SimulatedCamera;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that is killed at any moment loses a second at most, and says what it missed. */
class KillIT {
  /** Every other one ends at any moment from its launch on, the others while footage grows. */
  private static final int ROUNDS = 20;

  private static final int LONGEST_LIFE_MILLIS = 6000;
  private static final int LONGEST_FOOTAGE_MILLIS = 2000;
  private static final int FRAMES_PER_SECOND = 25;
  private static final Duration TOLERANCE = Duration.ofMillis(200);

  /**
   * A process that is still starting reads the first frames late, and takes that for their time.
   */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

  private static final Duration RESUME = Duration.ofSeconds(30);

  @TempDir Path home;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private Simulator simulator;
  private Instance instance;
  private Watcher watcher;

  /** A hole as the files show it. */
  private record Hole(FootageFile before, FootageFile after) {}

  @BeforeEach
  void prepare() throws Exception {
    Ffmpeg.require();
    System.out.println("KillIT: seed " + seed);
    simulator = Simulator.start(SimulatorSettings.of("front:h264", "yard:h265"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    for (SimulatedCamera camera : simulator.cameras()) {
      instance.write(
          "istream.camera-" + camera.name() + ".cfg",
          "rtsp.url = " + camera.url() + "\nsegment.seconds = 2\n");
    }
    watcher = Watcher.start();
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {watcher, instance, simulator}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @Test
  void losesASecondAtMostAndListsEveryHole() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Long> before = next();
      watcher.latestNanos();
      instance.launch();
      if (round % 2 == 0) {
        await(random.nextInt(LONGEST_LIFE_MILLIS));
      } else {
        awaitFootage(before);
        await(random.nextInt(LONGEST_FOOTAGE_MILLIS));
      }
      Map<String, Long> sent = next();
      instance.kill();
      long late = TimeUnit.NANOSECONDS.toMillis(watcher.latestNanos());
      for (String camera : sent.keySet()) {
        if (recorded(camera) >= before.get(camera)) {
          checkKept(camera, sent.get(camera) - 1, late, "round " + round);
        }
      }
    }
    instance.start();
    awaitFootage(next());
    for (SimulatedCamera camera : simulator.cameras()) {
      checkHoles(camera.name());
    }
  }

  /** The next numbers of all cameras. */
  private Map<String, Long> next() {
    Map<String, Long> numbers = new TreeMap<>();
    simulator.cameras().forEach(camera -> numbers.put(camera.name(), camera.nextNumber()));
    return numbers;
  }

  /** Lets a time pass, by the clock of the cameras. */
  private void await(int millis) throws Exception {
    SimulatedCamera camera = simulator.cameras().get(0);
    long enough = camera.nextNumber() + (long) millis * FRAMES_PER_SECOND / 1000;
    Wait.closely("the moment has come", RESUME, () -> camera.nextNumber() >= enough);
  }

  private void awaitFootage(Map<String, Long> from) throws Exception {
    for (Map.Entry<String, Long> camera : from.entrySet()) {
      String name = camera.getKey();
      Wait.closely(
          name + " is recorded" + about(), RESUME, () -> recorded(name) >= camera.getValue());
    }
  }

  private long recorded(String camera) throws Exception {
    return FootageFile.last(instance.footage(), camera).map(FootageFile::last).orElse(-1L);
  }

  private String about() throws Exception {
    return " (seed " + seed + "), the log:\n" + instance.lastOfLog();
  }

  /** What a round has recorded reaches up to a second before its end, as far as the machine did. */
  private void checkKept(String camera, long sent, long lateMillis, String round) throws Exception {
    long mostLost = FRAMES_PER_SECOND + lateMillis * FRAMES_PER_SECOND / 1000 + 1;
    FootageFile last = FootageFile.last(instance.footage(), camera).orElseThrow();
    assertTrue(
        last.last() + mostLost >= sent,
        "%s: frame %d of %s was sent, %d is the last in %s, the machine was %d ms late%s"
            .formatted(round, sent, camera, last.last(), last.path(), lateMillis, about()));
    Ffmpeg.assertPlays(last.path());
  }

  private void checkHoles(String camera) throws Exception {
    List<FootageFile> files = FootageFile.of(instance.footage(), camera);
    FrameTally tally = FrameTally.of(FootageFile.numbers(files));
    assertEquals(0, tally.duplicates() + tally.outOfOrder() + tally.unnumbered(), tally.toString());
    List<Hole> holes = new ArrayList<>();
    for (int i = 1; i < files.size(); i++) {
      if (!files.get(i).follows(files.get(i - 1))) {
        assertNotEquals(files.get(i).run(), files.get(i - 1).run());
        holes.add(new Hole(files.get(i - 1), files.get(i)));
      }
      Ffmpeg.assertPlays(files.get(i - 1).path());
    }
    assertTrue(holes.size() >= ROUNDS / 2, holes.size() + " holes, too few" + about());
    assertEquals(holes.size(), tally.missing().size(), "holes: " + tally + about());
    List<Footage.Hole> gaps = new Footage(instance).gaps(camera);
    assertEquals(holes.size(), gaps.size(), camera + ": " + tally + ", told " + gaps + about());
    for (int i = 0; i < holes.size(); i++) {
      check(holes.get(i), gaps.get(i));
    }
  }

  private void check(Hole hole, Footage.Hole gap) throws Exception {
    String about = hole + " " + gap + about();
    assertEquals("restart", gap.cause(), about);
    assertNear(hole.before().end(), gap.from(), TOLERANCE, about);
    assertNear(hole.after().start(), gap.to(), TOLERANCE, about);
    long missed = (hole.after().first() - hole.before().last() - 1) * 1000 / FRAMES_PER_SECOND;
    assertNear(
        gap.from().plusMillis(missed), gap.to(), CLOCK_TOLERANCE, "by the numbers: " + about);
  }

  private static void assertNear(Instant expected, Instant told, Duration most, String about) {
    Duration off = Duration.between(expected, told).abs();
    assertTrue(off.compareTo(most) <= 0, off + " off in " + about);
  }
}
