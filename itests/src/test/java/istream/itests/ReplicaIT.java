// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.SimulatedCamera;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Footage of four cameras lies on a server a second after it was recorded. */
class ReplicaIT {
  private static final double MOST_AT_RISK = 1.5;
  private static final double MOST_CARRIED = 1.03;
  private static final int KILOBITS = 4000;

  /** A reader on a busy machine is never too slow for a simulated camera. */
  private static final int BACKLOG = 16 << 20;

  private static final Duration ARRIVAL = Duration.ofSeconds(60);
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
            SimulatorSettings.of("one", "two:h265", "three:h264b", "four:h264")
                .backlog(BACKLOG)
                .kilobits(KILOBITS));
    server = RemoteServer.start(home.resolve("server"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    offSite = new OffSite(instance, server);
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
  void theLiveHeadIsASecondBehindAndNothingIsSentTwice() throws Exception {
    offSite.configure();
    instance.start();
    offSite.trust();
    long before = server.receivedBytes();
    watch(Duration.ofSeconds(Lengths.of(40, 300)));
    double carried = (server.receivedBytes() - before) / (double) OffSite.bytes(instance.footage());
    System.out.println("the uplink carries " + carried + " bytes for each recorded");
    assertTrue(carried <= MOST_CARRIED, carried + " bytes are sent for each that is recorded");
    assertTrue(carried > 1, carried + " cannot be");
  }

  @Test
  void aFarServerOnANarrowLineIsNoFurtherBehind() throws Exception {
    try (Distance distance = Distance.open(server, 25, 30_000)) {
      offSite.configure("127.0.0.1", distance.port());
      instance.start();
      offSite.trust();
      watch(Duration.ofSeconds(Lengths.of(20, 300)));
    }
  }

  /** Records for a time, during which everything is looked at all the time. */
  private void watch(Duration time) throws Exception {
    for (SimulatedCamera camera : cameras.cameras()) {
      offSite.record(camera.name(), camera.url(), 10);
    }
    for (String camera : CAMERAS) {
      new Footage(instance).awaitRecording(camera);
    }
    try (RiskSampler risk = RiskSampler.start(instance);
        FileJudge judge = FileJudge.start(server.storage())) {
      risk.awaitAtMost(MOST_AT_RISK, Duration.ofSeconds(30), "once the server is trusted");
      Lengths.passSeconds(2);
      Instant from = Instant.now();
      Lengths.pass(time);
      risk.assertAtMost(MOST_AT_RISK, from, "in a steady state");
      System.out.println("most seconds at risk: " + risk.worst(from));
      for (String camera : CAMERAS) {
        new Footage(instance).assertWhole(camera);
      }
      offSite.assertAllArrives(CAMERAS, ARRIVAL);
      judge.assertContent();
    }
  }
}
