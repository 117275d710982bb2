// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import istream.simulator.FrameTally;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies know of replicas: here, what is not there goes last; there, what went stays away. */
class ReplicaRetentionIT {
  private static final double MOST_AT_RISK = 1.5;
  private static final int BACKLOG = 16 << 20;
  private static final long MEGABYTE = 1_000_000;
  private static final int MEGABYTES = 6;
  private static final int SEGMENT_SECONDS = 2;

  /** Of two seconds each. */
  private static final long SEGMENT = MEGABYTE;

  private static final Duration EFFECT = Duration.ofSeconds(60);

  @TempDir Path home;
  private Simulator cameras;
  private RemoteServer server;
  private Instance instance;
  private OffSite offSite;

  @BeforeEach
  void start() throws Exception {
    RemoteServer.assumePossible(home.resolve("try"));
    cameras = Simulator.start(SimulatorSettings.of("front").backlog(BACKLOG).kilobits(3000));
    server = RemoteServer.start(home.resolve("server"));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    offSite = new OffSite(instance, server);
    offSite.configure();
    instance.start();
    offSite.trust();
    instance.delete("istream.retention-archive.cfg");
    offSite.record("front", cameras.camera("front").url(), SEGMENT_SECONDS);
    awaitLive();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {instance, server, cameras}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private void awaitLive() throws Exception {
    try (RiskSampler risk = RiskSampler.start(instance)) {
      risk.awaitAtMost(MOST_AT_RISK, EFFECT, "at first");
    }
  }

  private List<String> names(Path storage) throws Exception {
    return Recordings.files(storage, "front").stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  @Test
  void whatTheReplicaLacksGoesLastAndIsWrittenDown() throws Exception {
    Recordings.awaitMore(instance.footage(), "front", 6);
    server.firewall().dropAll();
    List<String> recorded = names(instance.footage());
    List<String> confirmed = recorded.subList(0, recorded.size() - 2);
    keepHere();
    Wait.until("footage goes", EFFECT, () -> !names(instance.footage()).contains(recorded.get(0)));
    Wait.until("the unconfirmed goes, too", EFFECT, () -> told() > 3 * SEGMENT_SECONDS);
    List<String> left = new ArrayList<>(names(instance.footage()));
    left.retainAll(confirmed);
    assertEquals(List.of(), left, "what is on the replica goes first");
    server.firewall().open();
    awaitLive();
    // from now on nothing more is lost
    instance.delete("istream.retention-here.cfg");
    offSite.assertAllArrives(List.of("front"), EFFECT);
    FrameTally here = new Footage(instance).tally("front");
    assertEquals(List.of(), here.missing(), "what is here is one piece");
    FrameTally there = Recordings.tally(server.storage(), "front");
    assertFalse(there.missing().isEmpty(), "something was lost there: " + there);
    double told = told();
    double lost = there.lost() / 25.0;
    // what was on its way when the link broke may have arrived unconfirmed
    double most = lost + 2 * SEGMENT_SECONDS + 0.5;
    assertTrue(told > lost - 0.5 && told < most, there + " " + losses());
  }

  private void keepHere() throws Exception {
    instance.write(
        "istream.retention-here.cfg",
        "storage = archive\nmax.megabytes = " + MEGABYTES + "\ncheck.seconds = 1\n");
  }

  /** Seconds that the replica is said to lack for good. */
  private double told() throws Exception {
    return losses().stream().mapToDouble(Recordings::seconds).sum();
  }

  /** The gaps of the replica. */
  private List<JsonNode> losses() throws Exception {
    List<JsonNode> losses = new ArrayList<>(new Recordings(instance).gaps("front"));
    losses.removeIf(gap -> !gap.path("storage").asText().equals(OffSite.ID));
    return losses;
  }

  @Test
  void whatAPolicyDeletedThereIsNotSentAgain() throws Exception {
    instance.write(
        "istream.retention-there.cfg",
        "storage = offsite\nmax.megabytes = " + MEGABYTES + "\ncheck.seconds = 1\n");
    Recordings.awaitMore(instance.footage(), "front", 25);
    awaitKept();
    assertTrue(
        OffSite.bytes(instance.footage()) > OffSite.bytes(server.storage()), "all is kept here");
    String oldest = names(server.storage()).get(0);
    instance.stop();
    instance.start();
    awaitLive();
    Recordings.awaitMore(instance.footage(), "front", 6);
    awaitKept();
    List<String> there = names(server.storage());
    assertTrue(there.get(0).compareTo(oldest) >= 0, there.get(0) + " was deleted before");
    assertEquals(List.of(), losses(), "what a policy deletes there is no loss");
    List<String> here = names(instance.footage());
    assertEquals(
        here.subList(here.size() - there.size(), here.size()), there, "the newest are there");
  }

  private void awaitKept() throws Exception {
    Wait.until(
        "the replica is kept small",
        EFFECT,
        () -> OffSite.bytes(server.storage()) <= MEGABYTES * MEGABYTE + SEGMENT);
  }
}
