// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import istream.simulator.Simulator;
import istream.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that stall, fill up and go away; beside each, a camera on another disk loses nothing. */
class DiskIT {
  private static final Duration EFFECT = Duration.ofSeconds(20);

  /** A reader on a busy machine is never too slow for a simulated camera. */
  private static final int BACKLOG = 16 << 20;

  /** The whole process with its Java, 80 MB of frames, 64 MB of heap. */
  private static final long MOST_MEMORY = 250_000_000;

  private static final Duration LONG_STALL = Duration.ofMinutes(2);

  /** So many, of so few bytes, that what their frames take beside their bytes counts. */
  private static final List<String> SMALL =
      IntStream.range(0, 10).mapToObj(each -> "low" + each).toList();

  @TempDir static Path home;
  private static Instance instance;
  private static Recordings recordings;
  private static Simulator cameras;
  private static Simulator bigCameras;
  private static Simulator smallCameras;
  private final List<Disk> disks = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Disk.assumePossible(home.resolve("try"));
    cameras = Simulator.start(SimulatorSettings.of("calm", "a", "gone").backlog(BACKLOG));
    bigCameras =
        Simulator.start(
            SimulatorSettings.of("b1", "b2", "full1", "full2").backlog(BACKLOG).kilobits(16_000));
    smallCameras =
        Simulator.start(
            SimulatorSettings.of(SMALL.toArray(String[]::new)).backlog(BACKLOG).kilobits(300));
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance")).start();
    recordings = new Recordings(instance);
    // the policy that ships makes room on a full disk before anybody sees it
    instance.delete("istream.retention-archive.cfg");
    recordings.record("calm", cameras.camera("calm").url(), "archive");
    Recordings.awaitMore(instance.footage(), "calm", 2);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      if (instance != null) {
        recordings.assertAccounted(instance.footage(), "calm", "none");
      }
    } finally {
      for (AutoCloseable each : new AutoCloseable[] {instance, cameras, bigCameras, smallCameras}) {
        if (each != null) {
          each.close();
        }
      }
    }
  }

  @AfterEach
  void forget() throws Exception {
    try {
      // a camera whose storage went before it waits for it
      settle();
      for (String file : configured("storage\\.local")) {
        instance.delete(file);
      }
      Wait.until("only the camera and the disk beside are left", EFFECT, DiskIT::isAlone);
      assertEquals(List.of(), recordings.gaps("calm"));
    } finally {
      removeDisks();
    }
  }

  /** The files of these kinds that a test has written. */
  private static List<String> configured(String kinds) throws IOException {
    try (Stream<Path> files = Files.list(instance.etc())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("istream\\.(" + kinds + ")-.*"))
          .filter(name -> !name.contains("-calm") && !name.contains("-archive"))
          .toList();
    }
  }

  private void removeDisks() throws Exception {
    Exception failure = null;
    for (Disk disk : disks) {
      try {
        disk.remove();
      } catch (Exception e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static boolean isAlone() throws Exception {
    JsonNode status = recordings.json("status", "--json");
    return status.path("cameras").size() == 1 && status.path("storages").size() == 1;
  }

  @Test
  void aStallOfFiveSecondsCostsNothing() throws Exception {
    Path footage = storage("short", disk("short", 300));
    recordings.record("a", cameras.camera("a").url(), "short");
    Recordings.awaitMore(footage, "a", 4);
    Process stall = disks.get(0).stall(Duration.ofSeconds(5));
    assertEquals(0, stall.waitFor());
    long after = cameras.camera("a").nextNumber();
    Recordings.awaitFrame(footage, "a", after + 100);
    recordings.assertAccounted(footage, "a", "none");
    assertTrue(Recordings.tally(footage, "a").whole());
    Recordings.assertDecodes(footage, "a");
  }

  @Test
  void aLongStallCostsWhatMemoryCannotHoldAndSaysSo() throws Exception {
    Path footage = storage("long", disk("long", 1000));
    for (String camera : List.of("b1", "b2")) {
      recordings.record(camera, bigCameras.camera(camera).url(), "long");
    }
    for (String camera : SMALL) {
      recordings.record(camera, smallCameras.camera(camera).url(), "long");
    }
    for (String camera : List.of("b1", "b2", "low0", "low9")) {
      Recordings.awaitMore(footage, camera, 4);
    }
    Process stall = disks.get(0).stall(LONG_STALL);
    long most = 0;
    int answers = 0;
    while (stall.isAlive()) {
      boolean told = recordings.camera("b1").has("state");
      answers += told && stall.isAlive() ? 1 : 0;
      most = Math.max(most, residentBytes());
    }
    assertEquals(0, stall.exitValue());
    assertTrue(answers >= 3, "status answered " + answers + " times while the disk did not");
    assertTrue(most < MOST_MEMORY, "resident memory reached " + most);
    for (String camera : List.of("b1", "b2")) {
      long sent = bigCameras.camera(camera).nextNumber();
      assertTrue(assertGoesOn(footage, camera, sent) > 0, "240 MB do not fit into memory");
    }
    for (String camera : SMALL) {
      assertGoesOn(footage, camera, smallCameras.camera(camera).nextNumber());
    }
    Recordings.assertDecodes(footage, "b1");
    Recordings.assertDecodes(footage, "low0");
    recordings.assertAccounted(instance.footage(), "calm", "none");
    System.out.println("long stall: most memory " + most + ", " + recordings.gaps("b1"));
  }

  /** A camera is recorded again; returns how many gaps the disk has cost it. */
  private static int assertGoesOn(Path footage, String camera, long sent) throws Exception {
    Recordings.awaitFrame(footage, camera, sent + 50);
    assertEquals("recording", recordings.camera(camera).path("state").asText());
    return recordings.assertAccounted(footage, camera, "disk");
  }

  @Test
  void aFullDiskStopsAtTheFloorUntilAPolicyMakesRoom() throws Exception {
    Path footage = storage("small", disk("small", 96));
    recordings.record("full1", bigCameras.camera("full1").url(), "small");
    recordings.record("full2", bigCameras.camera("full2").url(), "small");
    Wait.until("the disk is full", Duration.ofSeconds(60), () -> state("small").equals("full"));
    JsonNode full = recordings.storage("small");
    assertTrue(full.path("freeBytes").asLong() >= 16_000_000, "the floor holds: " + full);
    assertTrue(full.path("lastError").asText().contains("min.free.megabytes"), full.toString());
    Wait.until("the camera waits", EFFECT, () -> reason("full1").contains("full"));
    assertEquals("waiting", recordings.camera("full1").path("state").asText());
    List<Path> before = new ArrayList<>(Recordings.files(footage, "full1"));
    long lost = bigCameras.camera("full1").nextNumber() + 15 * 25;
    Wait.until(
        "more is lost than memory holds",
        Duration.ofSeconds(60),
        () -> bigCameras.camera("full1").nextNumber() > lost);
    // so much that the footage from before the gap does not go at once
    instance.write(
        "istream.retention-small.cfg", "storage = small\nmax.megabytes = 54\ncheck.seconds = 1\n");
    Wait.until("there is room", EFFECT, () -> !state("small").equals("full"));
    Recordings.awaitFrame(footage, "full1", bigCameras.camera("full1").nextNumber() + 75);
    settle();
    List<Path> after = Recordings.files(footage, "full1");
    before.removeAll(after);
    assertFalse(before.isEmpty(), "something went");
    for (Path gone : before) {
      assertTrue(gone.compareTo(after.get(0)) < 0, gone + " went before " + after.get(0));
    }
    int gaps = recordings.assertAccounted(footage, "full1", "disk");
    assertTrue(gaps > 0, "a gap between files that are there: " + recordings.gaps("full1"));
    Recordings.assertDecodes(footage, "full1");
  }

  /** Nobody writes to the disk of the test any more, nor deletes from it. */
  private static void settle() throws Exception {
    for (String file : configured("camera")) {
      instance.delete(file);
    }
    Wait.until(
        "only the camera beside records",
        EFFECT,
        () -> recordings.json("status", "--json").path("cameras").size() == 1);
    for (String file : configured("retention")) {
      instance.delete(file);
    }
    Wait.until(
        "no policy is left",
        EFFECT,
        () -> recordings.json("retention", "--plan", "--json").findValues("storage").isEmpty());
  }

  @Test
  void aDiskThatGoesAwayIsNeitherReplacedNorForgotten() throws Exception {
    Path footage = storage("lost", disk("lost", 300));
    recordings.record("gone", cameras.camera("gone").url(), "lost");
    Recordings.awaitMore(footage, "gone", 4);
    disks.get(0).unmount();
    Wait.until("its absence is seen", EFFECT, () -> state("lost").equals("unavailable"));
    Wait.until("the camera waits", EFFECT, () -> reason("gone").contains("mount the disk"));
    assertEquals("waiting", recordings.camera("gone").path("state").asText());
    Instance.Result gaps = instance.run("gaps", "--json");
    assertEquals(1, gaps.exit(), "the gaps of that disk are not known");
    assertTrue(gaps.err().contains("mount the disk"), gaps.err());
    assertTrue(gaps.out().contains("\"gaps\""), "those of the others are: " + gaps.out());
    try (Stream<Path> below = Files.list(footage)) {
      assertEquals(List.of(), below.toList(), "nothing is written below the mount");
    }
    disks.get(0).mount();
    long after = cameras.camera("gone").nextNumber();
    Recordings.awaitFrame(footage, "gone", after + 100);
    recordings.assertAccounted(footage, "gone", "none");
    Recordings.assertDecodes(footage, "gone");
  }

  private Disk disk(String name, int megabytes) throws Exception {
    Disk disk = Disk.of(home.resolve(name), megabytes);
    disks.add(disk);
    return disk;
  }

  /** Makes a storage of a disk, and returns where its footage lies. */
  private Path storage(String id, Disk disk) throws Exception {
    instance.write(
        "istream.storage.local-" + id + ".cfg",
        "path = " + disk.path() + "\nmin.free.megabytes = 16\n");
    Wait.until("the storage is ready", EFFECT, () -> state(id).equals("ready"));
    return disk.path();
  }

  private static String state(String storage) throws Exception {
    return recordings.storage(storage).path("state").asText();
  }

  private static String reason(String camera) throws Exception {
    return recordings.camera(camera).path("reason").asText();
  }

  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(instance.process().pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
