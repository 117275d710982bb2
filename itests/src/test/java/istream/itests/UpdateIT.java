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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles are updated one by one while cameras record. */
class UpdateIT {
  private static final Duration EFFECT = Duration.ofSeconds(30);

  /** A reader on a busy machine is never too slow for a simulated camera. */
  private static final int BACKLOG = 16 << 20;

  /** Two seconds, and the wait for the next key frame of cameras that send one every second. */
  private static final long MOST_FRAMES = 2 * 25 + 25;

  @TempDir Path home;
  private Instance instance;
  private Recordings recordings;
  private Simulator cameras;

  @BeforeEach
  void start() throws Exception {
    cameras =
        Simulator.start(
            SimulatorSettings.of("one", "two:h265", "three:h264b", "four:h264small:silent")
                .backlog(BACKLOG));
    instance = new Instance(Distribution.unpacked().launcher(), home);
    instance.start();
    recordings = new Recordings(instance);
    for (SimulatedCamera camera : cameras.cameras()) {
      recordings.record(camera.name(), camera.url(), "archive");
    }
    awaitAll(4);
  }

  @AfterEach
  void stop() {
    if (instance != null) {
      instance.close();
    }
    if (cameras != null) {
      cameras.close();
    }
  }

  @Test
  void everyBundleButTheRecorderIsReplacedWithoutLosingAFrame() throws Exception {
    for (String action : List.of("restart", "update")) {
      for (String bundle : List.of("istream.storage.local", "istream.retention", "istream.shell")) {
        replace(action, bundle);
        awaitAll(1);
      }
    }
    awaitAll(4);
    for (SimulatedCamera camera : cameras.cameras()) {
      FrameTally tally = Recordings.tally(instance.footage(), camera.name());
      String about =
          camera.name() + ": " + tally + recordings.gaps(camera.name()) + instance.lastOfLog();
      assertTrue(tally.whole(), about);
      assertEquals(List.of(), recordings.gaps(camera.name()), about);
      Recordings.assertDecodes(instance.footage(), camera.name());
    }
  }

  @Test
  void restartingTheRecorderCostsAMomentThatIsWrittenDown() throws Exception {
    replace("restart", "istream.recorder");
    awaitAll(4);
    assertMoment(assertOneGap("update"));
  }

  @Test
  void updatingTheRecorderCostsAMomentThatIsWrittenDown() throws Exception {
    replace("update", "istream.recorder");
    awaitAll(4);
    assertMoment(assertOneGap("update"));
  }

  @Test
  void aRestartOfEverythingIsWrittenDown() throws Exception {
    instance.stop();
    instance.start();
    awaitAll(4);
    assertOneGap("restart");
  }

  /** Every camera has one gap; returns how many frames each has missed. */
  private Map<String, Long> assertOneGap(String cause) throws Exception {
    Map<String, Long> missed = new TreeMap<>();
    for (SimulatedCamera camera : cameras.cameras()) {
      int gaps = recordings.assertAccounted(instance.footage(), camera.name(), cause);
      assertEquals(1, gaps, recordings.gaps(camera.name()).toString());
      Recordings.assertDecodes(instance.footage(), camera.name());
      missed.put(camera.name(), Recordings.tally(instance.footage(), camera.name()).lost());
    }
    System.out.println(cause + ": frames missed " + missed);
    return missed;
  }

  private void assertMoment(Map<String, Long> missed) throws Exception {
    for (Map.Entry<String, Long> camera : missed.entrySet()) {
      assertTrue(camera.getValue() <= MOST_FRAMES, missed + " " + recordings.gaps(camera.getKey()));
    }
  }

  /** The answer is that of a new bundle, or none where the shell itself is replaced. */
  private void replace(String action, String bundle) throws Exception {
    Instance.Result result = instance.run("shell", "bundle:" + action + " " + bundle);
    assertNotEquals(2, result.exit(), result.err());
    assertTrue(
        result.exit() == 0 || bundle.equals("istream.shell"),
        action + " " + bundle + ": " + result.err());
    Wait.until("status answers again", EFFECT, () -> instance.run("status").exit() == 0);
    String list = instance.run("shell", "bundle:list -s -t 0 --no-format").out();
    assertTrue(
        list.lines().anyMatch(line -> line.contains("Active") && line.contains(bundle)), list);
  }

  /** Waits until all cameras have recorded what they send now, and some seconds more. */
  private void awaitAll(int seconds) throws Exception {
    Map<String, Long> aims = new TreeMap<>();
    for (SimulatedCamera camera : cameras.cameras()) {
      aims.put(camera.name(), camera.nextNumber() + 25L * seconds);
    }
    for (Map.Entry<String, Long> aim : aims.entrySet()) {
      Recordings.awaitFrame(instance.footage(), aim.getKey(), aim.getValue());
    }
  }
}
