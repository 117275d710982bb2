// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
  private static final double MOST_SECONDS = 3.0;

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
    instance = new Instance(Distribution.unpacked().launcher(), home).start();
    recordings = new Recordings(instance);
    for (SimulatedCamera camera : cameras.cameras()) {
      recordings.record(camera.name(), camera.url(), "archive");
    }
    awaitAll(4);
  }

  @AfterEach
  void stop() {
    instance.close();
    cameras.close();
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
      assertTrue(tally.whole(), camera.name() + ": " + tally);
      assertEquals(List.of(), recordings.gaps(camera.name()));
      Recordings.assertDecodes(instance.footage(), camera.name());
    }
  }

  @Test
  void replacingTheRecorderCostsAMomentThatIsWrittenDown() throws Exception {
    replace("restart", "istream.recorder");
    awaitAll(4);
    assertOneGap("update");
  }

  @Test
  void aRestartOfEverythingIsWrittenDown() throws Exception {
    instance.stop();
    instance.start();
    awaitAll(4);
    assertOneGap("restart");
  }

  private void assertOneGap(String cause) throws Exception {
    for (SimulatedCamera camera : cameras.cameras()) {
      recordings.assertAccounted(instance.footage(), camera.name(), cause);
      List<JsonNode> gaps = recordings.gaps(camera.name());
      assertEquals(1, gaps.size(), gaps.toString());
      double seconds = Recordings.seconds(gaps.get(0));
      System.out.println(camera.name() + ": " + cause + " " + seconds + " s");
      assertTrue(!cause.equals("update") || seconds < MOST_SECONDS, gaps.toString());
      Recordings.assertDecodes(instance.footage(), camera.name());
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
