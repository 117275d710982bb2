// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a server refuses, and what lies there that is not ours, is told; recording goes on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaRefusalIT {
  private static final double MOST_AT_RISK = 1.5;
  private static final int DISK_MEGABYTES = 200;

  /** A refusal is tried again every 15 s. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private static final int BACKLOG = 16 << 20;
  private static final List<String> CAMERA = List.of("front");
  private static boolean recorded = true;

  @TempDir static Path home;
  private static Simulator cameras;
  private static RemoteServer server;
  private static Instance instance;
  private static OffSite offSite;
  private static RiskSampler risk;
  private static FileJudge judge;

  @BeforeAll
  static void start() throws Exception {
    Ffmpeg.require();
    RemoteServer.assumePossible(home.resolve("try"));
    cameras =
        Simulator.start(SimulatorSettings.of("front", "again").backlog(BACKLOG).kilobits(1000));
    server = RemoteServer.startWithDisk(home.resolve("server"), DISK_MEGABYTES);
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    offSite = new OffSite(instance, server);
    offSite.configure();
    offSite.record("front", cameras.camera("front").url(), 3);
    instance.start();
    new Footage(instance).awaitRecording("front");
    risk = RiskSampler.start(instance);
    judge = FileJudge.start(server.storage());
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
  void recordingWentOn() throws Exception {
    if (!recorded) {
      return;
    }
    Recordings.awaitMore(instance.footage(), "front", 1);
    new Recordings(instance).assertAccounted(instance.footage(), "front", "restart");
  }

  @Test
  @Order(1)
  void anUnknownServer() throws Exception {
    offSite.awaitProblem("offsite", server.host(), "not known", "trust offsite");
    assertEquals(0, OffSite.bytes(server.storage()), "nothing is sent to a stranger");
    String key = offSite.trustServer();
    offSite.awaitProblem("offsite", server.host(), "authorized_keys");
    server.authorize(key);
    assertShips();
  }

  @Test
  @Order(2)
  void aServerWithAnotherKey() throws Exception {
    server.kill();
    server.changeHostKey();
    server.run();
    offSite.awaitProblem("offsite", server.host(), "another host key", "trust offsite");
    offSite.trustServer();
    assertShips();
  }

  @Test
  @Order(2)
  void aUserThatIsNotKnownThere() throws Exception {
    offSite.configure("user = stranger");
    offSite.awaitProblem("offsite", server.host(), "stranger", "authorized_keys");
    offSite.configure();
    assertShips();
  }

  @Test
  @Order(2)
  void aDirectoryThatCannotBeWrittenTo() throws Exception {
    Path closed = Files.createDirectories(home.resolve("server/closed"));
    offSite.configure("user = nobody", "path = " + closed);
    offSite.awaitProblem("offsite", server.host(), closed.toString(), "ermission");
    offSite.configure();
    assertShips();
  }

  @Test
  @Order(2)
  void aDiskThatIsFull() throws Exception {
    Path ballast = server.fillDisk();
    offSite.awaitProblem("offsite", server.host(), "full");
    Lengths.passSeconds(Lengths.of(5, 60));
    judge.assertContent();
    Files.delete(ballast);
    assertShips();
  }

  @Test
  @Order(3)
  void aForeignFileIsSetAside() throws Exception {
    List<Path> before = Recordings.files(instance.footage(), "front");
    server.firewall().dropAll();
    Wait.until(
        "a whole segment is recorded meanwhile",
        AGAIN,
        () -> Recordings.files(instance.footage(), "front").size() >= before.size() + 3);
    Path ours = Recordings.files(instance.footage(), "front").get(before.size() + 1);
    Path there = server.storage().resolve(instance.footage().relativize(ours));
    byte[] foreign = "Somebody else's.".repeat(5000).getBytes(StandardCharsets.UTF_8);
    judge.close();
    judge.assertContent();
    Files.createDirectories(there.getParent());
    Files.write(there, foreign);
    server.firewall().open();
    Wait.until("ours is complete", AGAIN, () -> isSame(ours, there));
    List<Path> aside = foreign(there);
    assertEquals(1, aside.size(), aside.toString());
    assertArrayEquals(foreign, Files.readAllBytes(aside.get(0)));
    assertTrue(instance.log().contains(there.getFileName().toString()), "the log names it");
    judge = FileJudge.start(server.storage());
    assertShips();
  }

  private static boolean isSame(Path ours, Path there) throws Exception {
    return Files.exists(there) && Files.mismatch(ours, there) < 0;
  }

  /** What was set aside beside a file. */
  private static List<Path> foreign(Path file) throws Exception {
    String begin = file.getFileName() + ".foreign-";
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files.filter(each -> each.getFileName().toString().startsWith(begin)).toList();
    }
  }

  @Test
  @Order(4)
  void aTruncatedFileOfOursIsCompleted() throws Exception {
    instance.stop();
    judge.close();
    judge.assertContent();
    List<Path> files = Recordings.files(server.storage(), "front");
    Path oldest = files.get(0);
    Path middle = files.get(files.size() / 2);
    for (Path file : List.of(oldest, middle)) {
      try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(file) * 2 / 5);
      }
    }
    instance.start();
    for (Path there : List.of(oldest, middle)) {
      Path ours = instance.footage().resolve(server.storage().relativize(there));
      Wait.until(there + " is complete again", AGAIN, () -> isSame(ours, there));
      assertEquals(List.of(), foreign(there));
    }
    judge = FileJudge.start(server.storage());
    assertShips();
  }

  @Test
  @Order(5)
  void inTheEndEveryFileIsTheSame() throws Exception {
    offSite.assertAllArrives(CAMERA, AGAIN);
    judge.assertContent();
    recorded = false;
  }

  @Test
  @Order(6)
  void anAccountThatCanOnlyAppend() throws Exception {
    judge.close();
    Path storage = Files.createDirectories(server.storage().resolve("append-only"));
    offSite.configure(server.host(), server.appendOnlyPort(), "path = " + storage);
    offSite.trustServer();
    offSite.record("again", cameras.camera("again").url(), 3);
    Wait.until("it ships", AGAIN, () -> Files.exists(storage.resolve("again")));
    assertEquals("", offSite.problem());
    judge = FileJudge.start(storage);
    server.firewall().dropAll();
    Lengths.passSeconds(Lengths.of(10, 60));
    server.firewall().open();
    Lengths.passSeconds(5);
    server.kill();
    server.run();
    Lengths.passSeconds(5);
    Wait.until("what is recorded ships", AGAIN, () -> isLive("again"));
    instance.run("extinguish", "again");
    Wait.until(
        "every file is there",
        Duration.ofSeconds(60),
        () -> OffSite.different(instance.footage(), storage).isEmpty());
    judge.assertContent();
  }

  private static boolean isLive(String camera) throws Exception {
    return OffSite.replica(new Recordings(instance).camera(camera))
            .path("secondsAtRisk")
            .asDouble(Double.NaN)
        <= MOST_AT_RISK;
  }

  /** It is mended: soon all is as it should be. */
  private static void assertShips() throws Exception {
    Wait.until("nothing is wrong any more", AGAIN, () -> offSite.problem().isEmpty());
    Wait.until("the live head ships", AGAIN, () -> isLive("front"));
    judge.assertNoComplaint();
  }
}
