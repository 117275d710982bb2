// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Cameras that go away and come back, side by side; three others must not notice. */
class OutageIT {
  private static final int FRAMES_PER_SECOND = 25;

  /** Within two seconds of its return, key frame included; and half a second for the machine. */
  private static final long MOST_FRAMES = 2 * FRAMES_PER_SECOND + FRAMES_PER_SECOND / 2;

  /** From what is done to a camera until nothing of it arrives any more, or again. */
  private static final Duration INSTANT = Duration.ofMillis(500);

  private static final Duration ROUNDING = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(12);
  private static final List<String> HEALTHY = List.of("calm1", "calm2", "calm3");

  @TempDir static Path home;
  private static Instance instance;
  private static Footage footage;
  private static CameraServer calm;

  @BeforeAll
  static void start() throws Exception {
    calm = CameraServer.start("calm1", "calm2:h264b", "calm3:h265");
    instance = new Instance(Distribution.unpacked().launcher(), home);
    footage = new Footage(instance);
    for (String camera : HEALTHY) {
      camera(camera, calm);
    }
    instance.start();
    for (String camera : HEALTHY) {
      footage.awaitRecording(camera);
    }
  }

  @AfterAll
  static void stop() {
    if (instance != null) {
      instance.close();
    }
    if (calm != null) {
      calm.close();
    }
  }

  private static void camera(String camera, CameraServer server) throws Exception {
    instance.write(
        "istream.camera-" + camera + ".cfg",
        "rtsp.url = " + server.url(camera) + "\nsegment.seconds = 3\n");
  }

  /** Something that is done to a camera. */
  private interface Act {
    void run() throws Exception;
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aFrozenCameraIsRecordedAgain() throws Exception {
    try (CameraServer server = CameraServer.start("frozen")) {
      outage("frozen", server, LONG, server::freeze, server::thaw, "camera");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCameraThatDiesAndStartsAgainIsRecordedAgain() throws Exception {
    try (CameraServer server = CameraServer.start("killed")) {
      outage("killed", server, Duration.ofSeconds(8), server::kill, server::start, "camera");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anUnpluggedCameraIsRecordedAgain() throws Exception {
    NetworkCable.assumePossible();
    try (NetworkCable cable = NetworkCable.laid();
        CameraServer server = CameraServer.startIn(cable, "unplugged")) {
      outage("unplugged", server, LONG, cable::pull, cable::plugIn, "network");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCameraThatTalksNonsenseIsRecordedAgain() throws Exception {
    try (CameraServer server = CameraServer.start("babble")) {
      Act begin = () -> server.say("babble nonsense");
      outage("babble", server, LONG, begin, () -> server.say("babble nonsense off"), "camera");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCameraThatFallsSilentWithTheConnectionOpenIsRecordedAgain() throws Exception {
    try (CameraServer server = CameraServer.start("silent")) {
      Act begin = () -> server.say("silent stall");
      outage("silent", server, LONG, begin, () -> server.say("silent stall off"), "camera");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCameraThatFloodsIsRecordedAgain() throws Exception {
    try (CameraServer server = CameraServer.start("flood")) {
      Act begin = () -> server.say("flood flood");
      outage(
          "flood",
          server,
          Duration.ofSeconds(6),
          begin,
          () -> server.say("flood flood off"),
          "overload");
    }
  }

  private static void outage(
      String camera, CameraServer server, Duration length, Act begin, Act end, String cause)
      throws Exception {
    camera(camera, server);
    footage.awaitRecording(camera);
    Instant before = Instant.now();
    begin.run();
    Instant gone = Instant.now();
    Wait.until(
        "time passes", length.plusSeconds(1), () -> Instant.now().isAfter(gone.plus(length)));
    end.run();
    long next = server.nextAsUsual(camera);
    Wait.until(
        camera + " has a gap that has ended",
        Duration.ofSeconds(20),
        () -> footage.gaps(camera).stream().anyMatch(gap -> !gap.open()));
    List<Footage.Hole> gaps = footage.gaps(camera);
    assertEquals(1, gaps.size(), gaps + ", the log: " + footage.log(camera));
    Footage.Hole gap = gaps.get(0);
    assertEquals(cause, gap.cause(), gap.toString());
    // what floods is recorded until it is two seconds ahead of time
    Duration known = cause.equals("overload") ? Duration.ofMillis(2500) : INSTANT;
    assertTrue(
        gap.from().isAfter(before.minus(known)) && gap.from().isBefore(gone.plus(known)),
        gap + " does not begin between " + before + " and " + gone);
    List<Footage.Seam> onDisk = footage.holesBetweenFiles(camera);
    assertEquals(1, onDisk.size(), onDisk + " on disk, in the ledger " + gap);
    assertNear(onDisk.get(0).from(), gap.from(), ROUNDING, "the begin of " + gap);
    assertNear(onDisk.get(0).to(), gap.to(), ROUNDING, "the end of " + gap);
    long missed = onDisk.get(0).next() - next;
    assertTrue(missed <= MOST_FRAMES, missed + " frames went by after its return: " + gap);
    System.out.println(camera + ": recorded again after " + missed + " frames");
    footage.assertDecodes(camera);
    for (String healthy : HEALTHY) {
      footage.assertWhole(healthy);
    }
  }

  private static void assertNear(Instant expected, Instant actual, Duration most, String what) {
    assertTrue(
        Duration.between(expected, actual).abs().compareTo(most) <= 0,
        what + " is not at " + expected);
  }
}
