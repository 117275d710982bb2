// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import istream.simulator.Fault;
import istream.simulator.FrameNumber;
import istream.simulator.FrameTally;
import istream.simulator.Login;
import istream.simulator.SimulatedCamera;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Cameras that do what cameras do, each something else, side by side: what their owner notices. */
class MisbehaviourIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A reader on a busy machine is never too slow for a simulated camera. */
  private static final int BACKLOG = 16 << 20;

  private static final int SECOND = 25;

  @TempDir static Path home;
  private static final List<AutoCloseable> STARTED = new ArrayList<>();
  private static Instance instance;
  private static Footage footage;

  @BeforeAll
  static void start() throws Exception {
    Ffmpeg.require();
    instance = new Instance(Distribution.unpacked().launcher(), home);
    STARTED.add(instance);
    footage = new Footage(instance);
    instance.start();
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : STARTED) {
      each.close();
    }
  }

  /** A camera of its own, which has its faults from the start, and is recorded. */
  private static SimulatedCamera camera(String name, Fault... faults) throws Exception {
    return recorded(simulator(SimulatorSettings.of(name)), "", faults);
  }

  private static Simulator simulator(SimulatorSettings settings) throws Exception {
    Simulator simulator = Simulator.start(settings.backlog(BACKLOG));
    synchronized (STARTED) {
      STARTED.add(simulator);
    }
    return simulator;
  }

  private static SimulatedCamera recorded(Simulator simulator, String login, Fault... faults)
      throws Exception {
    SimulatedCamera camera = simulator.cameras().get(0);
    for (Fault fault : faults) {
      camera.inject(fault);
    }
    instance.write(
        "istream.camera-" + camera.name() + ".cfg",
        "rtsp.url = " + camera.url() + "\nsegment.seconds = 4\n" + login);
    return camera;
  }

  /** Waits until so many seconds that the camera sends from now on are recorded. */
  private static void awaitMore(SimulatedCamera camera, int seconds) throws Exception {
    long enough = camera.nextNumber() + (long) seconds * SECOND;
    Recordings.awaitFrame(instance.footage(), camera.name(), enough);
  }

  /** Every frame from the first key frame on is there once and in order, and all can be seen. */
  private static void assertWhole(SimulatedCamera camera) throws Exception {
    FrameTally tally = footage.tally(camera.name());
    String about = camera.name() + ": " + tally + footage.log(camera.name());
    assertTrue(tally.whole(), about);
    assertEquals(0, tally.first() % SECOND, "a key frame comes first: " + about);
    assertEquals(List.of(), footage.gaps(camera.name()), about);
    assertEquals("recording", footage.state(camera.name()), about);
    footage.assertDecodes(camera.name());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void packetsOfAnotherSourceThanAnnouncedAreTaken() throws Exception {
    SimulatedCamera camera = camera("source", Fault.WRONG_SSRC);
    awaitMore(camera, 15);
    assertWhole(camera);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCameraThatBeginsLateIsWaitedFor() throws Exception {
    SimulatedCamera camera = camera("slow", Fault.SLOW_START);
    awaitMore(camera, 15);
    assertWhole(camera);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void dataBeforeTheAnswerIsKept() throws Exception {
    SimulatedCamera camera = camera("early", Fault.EARLY_DATA);
    awaitMore(camera, 15);
    assertWhole(camera);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aSessionThatChangesItsNameGoesOn() throws Exception {
    SimulatedCamera camera = camera("session", Fault.CHANGING_SESSION);
    awaitMore(camera, 35);
    assertWhole(camera);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void parameterSetsAreFoundInTheStream() throws Exception {
    SimulatedCamera camera = camera("bare", Fault.BARE_DESCRIPTION);
    awaitMore(camera, 15);
    assertWhole(camera);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whatComesInBurstsIsRecordedAtItsTime() throws Exception {
    SimulatedCamera camera = camera("burst");
    awaitMore(camera, 2);
    camera.inject(Fault.BURST, 3);
    awaitMore(camera, 15);
    camera.clear(Fault.BURST);
    awaitMore(camera, 5);
    assertWhole(camera);
    assertEquals(List.of(), footage.holesBetweenFiles("burst"));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void lostPacketsCostWhatCannotBeSeenAndAreTold() throws Exception {
    SimulatedCamera camera = camera("loss");
    awaitMore(camera, 2);
    camera.inject(Fault.LOSS);
    awaitMore(camera, 10);
    camera.clear(Fault.LOSS);
    awaitMore(camera, 5);
    FrameTally tally = footage.tally("loss");
    List<Footage.Hole> gaps = footage.gaps("loss");
    JsonNode status = footage.status("loss");
    String about = tally + " " + gaps + " " + status + footage.log("loss");
    assertEquals(0, tally.duplicates() + tally.outOfOrder(), about);
    assertFalse(tally.missing().isEmpty(), "two packets in a hundred are a frame: " + about);
    assertTrue(tally.lost() < 5 * SECOND, "a lost packet does not cost seconds: " + about);
    assertTrue(status.path("notes").toString().contains("packets lost"), about);
    assertTrue(gaps.stream().allMatch(gap -> gap.cause().equals("network")), about);
    assertEquals("recording", status.path("state").asText(), about);
    footage.assertDecodes("loss");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aRefusedLoginIsToldAndTriedAgain() throws Exception {
    SimulatorSettings settings = SimulatorSettings.of("refused");
    SimulatedCamera camera =
        recorded(
            simulator(settings.login("joe", "secret", Login.Scheme.DIGEST)),
            "user = joe\n.password = secret\n",
            Fault.REFUSED_LOGIN);
    Wait.until("it waits", SOON, () -> footage.state("refused").equals("waiting"));
    String reason = footage.status("refused").path("reason").asText();
    assertTrue(reason.contains("joe"), reason);
    assertFalse(reason.contains("secret"), reason);
    camera.clear(Fault.REFUSED_LOGIN);
    awaitMore(camera, 3);
    FrameTally tally = footage.tally("refused");
    assertTrue(tally.whole(), tally.toString());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void otherParameterSetsBeginANewFile() throws Exception {
    SimulatedCamera camera = camera("sets");
    awaitMore(camera, 3);
    camera.play("h264small");
    awaitMore(camera, 5);
    assertWhole(camera);
    List<String> sizes = new ArrayList<>();
    for (Path file : footage.files("sets")) {
      String size = Ffmpeg.pictureSize(file);
      if (sizes.isEmpty() || !sizes.get(sizes.size() - 1).equals(size)) {
        sizes.add(size);
      }
    }
    assertEquals(List.of("640,360", "320,180"), sizes);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCameraThatStartsAnewIsRecordedAgain() throws Exception {
    Simulator simulator = simulator(SimulatorSettings.of("reboot"));
    SimulatedCamera camera = recorded(simulator, "");
    awaitMore(camera, 3);
    simulator.reboot(Duration.ofSeconds(3));
    Recordings.awaitFrame(instance.footage(), "reboot", FrameNumber.LIFE + 5 * SECOND);
    FrameTally tally = footage.tally("reboot");
    List<Footage.Hole> gaps = footage.gaps("reboot");
    String about = tally + " " + gaps + footage.log("reboot");
    assertTrue(tally.whole(), about);
    assertEquals(1, gaps.size(), about);
    assertEquals("camera", gaps.get(0).cause(), about);
    assertEquals(1, footage.holesBetweenFiles("reboot").size(), about);
    footage.assertDecodes("reboot");
  }
}
