// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How instances begin, end, and live side by side. */
class LifeIT {
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
