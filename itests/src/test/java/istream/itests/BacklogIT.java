// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week that was never shipped drains, and what happens now is not kept waiting. */
class BacklogIT {
  private static final int FILES = Lengths.of(3000, 100_000);
  private static final int OLD_CAMERAS = 8;
  private static final double MOST_AT_RISK = 2;
  private static final long MOST_MEMORY = 250_000_000;
  private static final int BACKLOG = 16 << 20;
  private static final Duration EFFECT = Duration.ofSeconds(60);
  private static final Duration DRAINED = Duration.ofSeconds(Lengths.of(240, 7200));

  @TempDir Path home;
  private Simulator cameras;
  private RemoteServer server;
  private Instance instance;
  private OffSite offSite;

  @BeforeEach
  void start() throws Exception {
    RemoteServer.assumePossible(home.resolve("try"));
    cameras =
        Simulator.start(SimulatorSettings.of("live", "week0:h264small:silent").backlog(BACKLOG));
    server = RemoteServer.start(home.resolve("server"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    offSite = new OffSite(instance, server);
    fill();
    offSite.configure();
  }

  /** Makes a week of a file that is really recorded. */
  private void fill() throws Exception {
    offSite.record("week0", cameras.camera("week0").url(), 2);
    instance.start();
    instance.delete("istream.retention-archive.cfg");
    Recordings.awaitMore(instance.footage(), "week0", 5);
    instance.stop();
    instance.delete("istream.camera-week0.cfg");
    Path model = Recordings.files(instance.footage(), "week0").get(0);
    new WeekOfFootage(model, "week0").write(instance.footage(), FILES, OLD_CAMERAS);
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
  void aWeekOfBacklogDrainsBehindTheLiveHead() throws Exception {
    offSite.record("live", cameras.camera("live").url(), 5);
    instance.start();
    offSite.trust();
    try (RiskSampler risk = RiskSampler.start(instance)) {
      Wait.until("the live head ships", EFFECT, () -> atRisk() <= MOST_AT_RISK);
      Instant from = Instant.now();
      long[] most = {0};
      Wait.until("the backlog is drained", DRAINED, () -> drained(most));
      System.out.println(
          "%d files drained in %s, most memory %d"
              .formatted(FILES, Duration.between(from, Instant.now()), most[0]));
      assertLive(risk, from);
      assertTrue(most[0] <= MOST_MEMORY, "resident memory reached " + most[0]);
    }
    assertEquals(0, instance.run("extinguish", "live").exit());
    offSite.awaitEqual(EFFECT);
  }

  private double atRisk() throws Exception {
    return OffSite.replica(new Recordings(instance).camera("live"))
        .path("secondsAtRisk")
        .asDouble(Double.NaN);
  }

  /** Of the cameras that are configured, which is the live one. */
  private static void assertLive(RiskSampler risk, Instant from) {
    risk.assertAtMost(MOST_AT_RISK, from, "while a week of backlog drains");
  }

  private boolean drained(long[] most) throws Exception {
    most[0] = Math.max(most[0], residentBytes());
    return Recordings.files(server.storage(), "week0").size() >= FILES / OLD_CAMERAS
        && OffSite.different(instance.footage(), server.storage()).stream()
            .allMatch(name -> name.startsWith("live/"));
  }

  private long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(instance.process().pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
