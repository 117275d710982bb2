// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.simulator.SimulatedCamera;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What copies footage is updated and restarted while four cameras record. */
class UpdateReplicaIT {
  private static final double MOST_AT_RISK = 1.5;
  private static final int BACKLOG = 16 << 20;
  private static final Duration EFFECT = Duration.ofSeconds(30);
  private static final List<String> CAMERAS = List.of("one", "two", "three", "four");

  @TempDir Path home;
  private Simulator cameras;
  private RemoteServer server;
  private Instance instance;
  private OffSite offSite;

  @BeforeEach
  void start() throws Exception {
    Ffmpeg.require();
    RemoteServer.assumePossible(home.resolve("try"));
    cameras =
        Simulator.start(
            SimulatorSettings.of("one", "two:h265", "three:h264b", "four:h264small:silent")
                .backlog(BACKLOG));
    server = RemoteServer.start(home.resolve("server"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    offSite = new OffSite(instance, server);
    offSite.configure();
    instance.start();
    offSite.trust();
    for (SimulatedCamera camera : cameras.cameras()) {
      offSite.record(camera.name(), camera.url(), 3);
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {instance, server, cameras}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @Test
  void nothingIsLostHereOrThere() throws Exception {
    try (RiskSampler risk = RiskSampler.start(instance);
        FileJudge judge = FileJudge.start(server.storage())) {
      risk.awaitAtMost(MOST_AT_RISK, EFFECT, "at first");
      for (String action : List.of("restart", "update")) {
        for (String bundle :
            List.of(
                "istream.storage.sftp", "istream.storage.replicator", "istream.storage.local")) {
          Instance.Result result = instance.run("shell", "bundle:" + action + " " + bundle);
          assertEquals(0, result.exit(), result.err());
          risk.awaitAtMost(MOST_AT_RISK, EFFECT, "after " + action + " of " + bundle);
        }
      }
      for (String camera : CAMERAS) {
        new Footage(instance).assertWhole(camera);
      }
      offSite.assertAllArrives(CAMERAS, EFFECT);
      judge.assertContent();
    }
  }
}
