// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.SimulatedCamera;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of the link or of the server, nothing is missing in the end, here or there; the
 * live heads are there again soon, before the backlog is; and all the time every file there plays.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaOutageIT {
  private static final double MOST_AT_RISK = 1.5;
  private static final Duration BACK = Duration.ofSeconds(5);

  /** When the backlog of an outage has drained, at the very latest. */
  private static final Duration DRAINED = Duration.ofSeconds(Lengths.of(90, 600));

  /** A reader on a busy machine is never too slow for a simulated camera. */
  private static final int BACKLOG = 16 << 20;

  private static final int OUTAGE_SECONDS = Lengths.of(12, 60);
  private static final List<String> CAMERAS = List.of("one", "two", "three", "four");

  @TempDir static Path home;
  private static Simulator cameras;
  private static RemoteServer server;
  private static Instance instance;
  private static OffSite offSite;
  private static RiskSampler risk;
  private static FileJudge judge;
  private static boolean killed;

  @BeforeAll
  static void start() throws Exception {
    Ffmpeg.require();
    RemoteServer.assumePossible(home.resolve("try"));
    cameras =
        Simulator.start(
            SimulatorSettings.of("one", "two:h265", "three:h264b", "four:h264small")
                .backlog(BACKLOG)
                .kilobits(Lengths.of(2000, 4000)));
    server = RemoteServer.start(home.resolve("server"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    offSite = new OffSite(instance, server);
    offSite.configure();
    for (SimulatedCamera camera : cameras.cameras()) {
      offSite.record(camera.name(), camera.url(), 5);
    }
    instance.start();
    offSite.trust();
    risk = RiskSampler.start(instance);
    judge = FileJudge.start(server.storage());
    risk.awaitAtMost(MOST_AT_RISK, Duration.ofSeconds(40), "at first");
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {judge, risk, instance, server, cameras}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @AfterEach
  void nothingIsMissing() throws Exception {
    judge.assertContent();
    for (String camera : CAMERAS) {
      if (killed) {
        new Recordings(instance).assertAccounted(instance.footage(), camera, "restart");
      } else {
        new Footage(instance).assertWhole(camera);
      }
    }
  }

  /** Something that is done to the server or to the way to it. */
  private interface Act {
    void run() throws Exception;
  }

  @Test
  @Order(1)
  void aLinkThatFallsSilent() throws Exception {
    outage("packets dropped", OUTAGE_SECONDS, server.firewall()::dropAll, server.firewall()::open);
  }

  @Test
  @Order(1)
  void aLinkThatIsReset() throws Exception {
    outage(
        "connections reset", OUTAGE_SECONDS, server.firewall()::resetAll, server.firewall()::open);
  }

  @Test
  @Order(1)
  void aServerThatIsKilledAndStartsLater() throws Exception {
    outage("server killed", OUTAGE_SECONDS, server::kill, server::run);
  }

  @Test
  @Order(1)
  void aServerThatIsKilledAndStartsAtOnce() throws Exception {
    outage("server restarted", 0, server::kill, server::run);
  }

  @Test
  @Order(1)
  void aServerThatFreezes() throws Exception {
    outage("server frozen", OUTAGE_SECONDS, server::freeze, server::thaw);
  }

  @Test
  @Order(2)
  void manyCutsInARow() throws Exception {
    Random random = new Random();
    int cuts = Lengths.of(6, 30);
    for (int i = 0; i < cuts; i++) {
      if (random.nextBoolean()) {
        server.firewall().dropAll();
      } else {
        server.firewall().resetAll();
      }
      Lengths.passSeconds(0.5 + random.nextDouble() * 5);
      server.firewall().open();
      Lengths.passSeconds(random.nextDouble() * 4);
    }
    assertBack("after " + cuts + " cuts", Instant.now());
    awaitDrained();
  }

  @Test
  @Order(2)
  void aServerThatAllowsOneConnection() throws Exception {
    server.kill();
    Lengths.passSeconds(OUTAGE_SECONDS);
    server.run();
    server.firewall().limitConnections(1);
    Instant open = Instant.now();
    try {
      assertBack("with one connection", open);
      awaitDrained();
    } finally {
      server.firewall().open();
    }
  }

  @Test
  @Order(2)
  void aServerThatHasNoSessionLeft() throws Exception {
    outage(
        "no session left",
        OUTAGE_SECONDS,
        () -> {
          server.firewall().limitConnections(0);
          server.kill();
          server.run();
        },
        server.firewall()::open);
  }

  @Test
  @Order(2)
  void aLongOutage() throws Exception {
    Act cut = server.firewall()::dropAll;
    outage("long outage", Lengths.of(40, 600), cut, server.firewall()::open);
  }

  @Test
  @Order(3)
  void aRecorderThatIsKilledInAnOutage() throws Exception {
    killed = true;
    server.firewall().dropAll();
    Lengths.passSeconds(OUTAGE_SECONDS);
    instance.kill();
    instance.start();
    Lengths.passSeconds(OUTAGE_SECONDS / 2.0);
    server.firewall().open();
    assertBack("after kill -9 in an outage", Instant.now());
    instance.kill();
    instance.start();
    for (String camera : CAMERAS) {
      new Footage(instance).awaitRecording(camera);
      Recordings.awaitMore(instance.footage(), camera, 2);
    }
    assertBack("after kill -9 while it ships", Instant.now());
    awaitDrained();
  }

  @Test
  @Order(4)
  void inTheEndEveryFileIsTheSame() throws Exception {
    offSite.assertAllArrives(CAMERAS, DRAINED);
  }

  private static void outage(String what, int seconds, Act begin, Act end) throws Exception {
    awaitDrained();
    begin.run();
    if (seconds > 0) {
      Instant gone = Instant.now();
      Lengths.passSeconds(seconds);
      assertTrue(risk.worst(gone) > seconds / 2.0, what + ": nothing was at risk");
    }
    end.run();
    assertBack(what, Instant.now());
    awaitDrained();
  }

  /** The live heads are there soon, and stay there while the backlog drains. */
  private static void assertBack(String what, Instant open) throws Exception {
    Instant back = risk.awaitAtMost(MOST_AT_RISK, Duration.ofSeconds(30), what);
    Duration took = Duration.between(open, back);
    System.out.println(what + ": back after " + took.toMillis() + " ms");
    assertTrue(took.compareTo(BACK) <= 0, what + ": the live heads are back after " + took);
    Lengths.passSeconds(3);
    risk.assertAtMost(MOST_AT_RISK, back, "while the backlog drains, " + what);
  }

  /** Waits until the server has all but what is being recorded. */
  private static void awaitDrained() throws Exception {
    Wait.until(
        "the backlog is drained: " + offSite.backlogBytes() + " bytes, " + offSite.problem(),
        DRAINED,
        () -> offSite.backlogBytes() < CAMERAS.size() * 1_500_000L);
    assertEquals("", offSite.problem());
  }
}
