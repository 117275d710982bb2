// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How instances begin, end, and live side by side. */
class LifeIT {
  private static final Pattern JAVA_VERSION = Pattern.compile("JAVA_VERSION=\"([0-9]+)");

  @TempDir Path home;

  @Test
  void helpNeedsNoInstance() throws Exception {
    try (Instance instance = instance("none")) {
      Instance.Result help = instance.run("-h");
      assertEquals(0, help.exit());
      for (String command : new String[] {"server", "status", "segments", "gaps", "ignite"}) {
        assertTrue(help.out().contains(command), command + " in " + help.out());
      }
      assertEquals(2, instance.run().exit(), "no command is wrong usage");

      Instance.Result line = instance.run("probe", "--help");
      assertEquals(0, line.exit(), line.err());
      assertTrue(line.out().contains("probe URL"), line.out());
      assertTrue(line.out().contains("bin/istream start"), line.out());
      assertEquals(2, instance.run("gibberish", "--help").exit());
    }
  }

  @Test
  void saysThatNoInstanceRuns() throws Exception {
    try (Instance instance = instance("none")) {
      for (String command : new String[] {"status", "stop"}) {
        Instance.Result result = instance.run(command);
        assertEquals(3, result.exit(), result.err());
        assertTrue(result.err().contains("istream"), result.err());
      }
    }
  }

  @Test
  void serverStartAndStopTakeNoArguments() throws Exception {
    try (Instance instance = instance("arguments")) {
      for (String command : new String[] {"server", "start", "stop"}) {
        for (String option : new String[] {"--help", "-h"}) {
          Instance.Result help = instance.run(command, option);
          assertEquals(0, help.exit(), help.err());
          assertTrue(help.out().startsWith("usage: "), help.out());
        }
        Instance.Result misused = instance.run(command, "now");
        assertEquals(2, misused.exit(), misused.err());
        assertTrue(misused.err().startsWith("usage: "), misused.err());
      }
      assertFalse(Files.exists(instance.data()), "nothing was started");
    }
  }

  @Test
  void saysWhichJavaItWants() throws Exception {
    try (Instance instance = instance("nojava").with("JAVA_HOME", "").with("PATH", tools())) {
      Instance.Result result = instance.run("server");
      assertEquals(1, result.exit());
      assertTrue(result.err().contains("17"), result.err());
    }
  }

  @Test
  void startsInTheBackgroundAndStopsWholly() throws Exception {
    try (Instance instance = instance("background")) {
      Instance.Result started = instance.run("start");
      Instance.Result stopped;
      long pid;
      try {
        assertEquals(0, started.exit(), started.err());
        assertEquals(0, instance.run("status").exit());
        assertEquals("rwx------", permissions(instance.data()));
        assertEquals(1, instance.run("start").exit(), "a second start is refused");
        pid = Long.parseLong(Files.readString(instance.data().resolve("istream.pid")).strip());
      } finally {
        stopped = instance.run("stop");
      }
      assertEquals(0, stopped.exit(), stopped.err());
      assertFalse(
          ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "the process is gone");
      assertEquals(3, instance.run("status").exit());
    }
  }

  @Test
  void refusesASecondServerOnItsDataAndIsNotBlockedByAStalePid() throws Exception {
    try (Instance instance = instance("second")) {
      instance.write("istream.camera-kept.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
      Files.createDirectories(instance.data());
      Path pidFile = instance.data().resolve("istream.pid");
      Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
      instance.start();
      Wait.until(
          "the camera is known",
          Duration.ofSeconds(10),
          () -> instance.configured("istream.camera-kept"));
      Map<Path, FileTime> config = files(instance.data().resolve("config"));

      Instance.Result second = instance.run("server");
      assertEquals(1, second.exit(), second.err());
      String pid = Long.toString(instance.process().pid());
      assertTrue(second.err().contains(pid), second.err());
      assertTrue(second.err().contains(instance.data().toString()), second.err());
      assertEquals(config, files(instance.data().resolve("config")));
    }
  }

  @Test
  void leavesADirectoryOfTheOwnersAsItIs() throws Exception {
    try (Instance instance = instance("shared")) {
      Files.createDirectories(instance.data());
      Files.setPosixFilePermissions(instance.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
      instance.start();
      assertEquals("rwxr-xr-x", permissions(instance.data()));
      assertEquals("rw-------", permissions(instance.data().resolve("istream.sock")));
      assertEquals("rwx------", permissions(instance.footage()));
    }
  }

  @Test
  void twoInstancesLiveInOneTreeAndWriteNothingIntoIt() throws Exception {
    Path tree = Distribution.unpacked().tree();
    Map<Path, FileTime> before = files(tree);
    try (Instance one = instance("one");
        Instance two = instance("two")) {
      one.write("istream.camera-first.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
      one.start();
      two.start();
      assertTrue(one.configured("istream.camera-first"));
      assertFalse(two.configured("istream.camera-first"));
      one.stop();
      assertEquals(3, one.run("status").exit());
      assertEquals(0, two.run("status").exit());
    }
    assertEquals(before, files(tree));
  }

  @Test
  void whatIsInEtcIsWhatHoldsAfterAStart() throws Exception {
    try (Instance instance = instance("restart")) {
      instance.write("istream.camera-kept.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
      instance.write("istream.camera-gone.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
      instance.start();
      Wait.until(
          "both cameras are known",
          Duration.ofSeconds(10),
          () -> instance.configured("istream.camera-gone"));
      instance.kill();
      instance.delete("istream.camera-gone.cfg");
      instance.start();
      Wait.until(
          "the camera that stayed is known",
          Duration.ofSeconds(10),
          () -> instance.configured("istream.camera-kept"));
      assertFalse(instance.configured("istream.camera-gone"));
    }
  }

  @Test
  void goesOnUnderAnotherJava() throws Exception {
    Path other = otherJava();
    assumeTrue(other != null, "there is no other JDK in /usr/lib/jvm");
    try (Instance instance = instance("java")) {
      instance.write("istream.camera-kept.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
      instance.start();
      instance.stop();
      instance.with("JAVA_HOME", other.toString()).start();
      Wait.until(
          "the camera is known under " + other,
          Duration.ofSeconds(20),
          () -> instance.run("status").out().contains("kept"));
    }
  }

  /** The newest JDK of another version than this one, or null. */
  private static Path otherJava() throws IOException {
    Path installed = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(installed)) {
      return null;
    }
    TreeMap<Integer, Path> found = new TreeMap<>();
    try (Stream<Path> homes = Files.list(installed)) {
      for (Path release : homes.map(home -> home.resolve("release")).toList()) {
        if (Files.exists(release)) {
          Matcher version = JAVA_VERSION.matcher(Files.readString(release));
          found.put(version.find() ? Integer.parseInt(version.group(1)) : 0, release.getParent());
        }
      }
    }
    found.headMap(17).clear();
    found.remove(Runtime.version().feature());
    return found.isEmpty() ? null : found.lastEntry().getValue();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Instance instance(String name) throws Exception {
    return new Instance(Distribution.unpacked().launcher(), home.resolve(name));
  }

  /** A search path with everything that the launcher needs but Java. */
  private String tools() throws IOException {
    Path tools = Files.createDirectories(home.resolve("tools"));
    for (String tool :
        new String[] {"sh", "dirname", "readlink", "mkdir", "cat", "rm", "cp", "cmp"}) {
      for (String directory : new String[] {"/bin", "/usr/bin"}) {
        Path program = Path.of(directory, tool);
        if (Files.exists(program) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), program);
        }
      }
    }
    return tools.toString();
  }

  private static Map<Path, FileTime> files(Path tree) throws IOException {
    Map<Path, FileTime> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.toList()) {
        found.put(path, Files.getLastModifiedTime(path));
      }
    }
    return found;
  }
}
