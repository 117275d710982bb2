// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets at the terminal while an instance runs. */
class LauncherIT {
  private static final Duration EFFECT = Duration.ofSeconds(15);

  @TempDir static Path home;
  private static Instance instance;

  @BeforeAll
  static void start() throws Exception {
    instance = new Instance(Distribution.unpacked().launcher(), home).start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (instance != null) {
      instance.close();
    }
  }

  @Test
  void answersCommandsWithTheirExitStatus() throws Exception {
    Instance.Result done = instance.run("status", "--json");
    assertEquals(0, done.exit(), done.err());
    assertTrue(new ObjectMapper().readTree(done.out()).has("cameras"), done.out());

    Instance.Result unknown = instance.run("gibberish");
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().contains("gibberish"), unknown.err());

    Instance.Result misused = instance.run("status", "--no-such-option");
    assertEquals(2, misused.exit(), misused.err());

    Instance.Result failed = instance.run("extinguish", "no-such-camera");
    assertEquals(1, failed.exit(), failed.err());
    assertTrue(failed.err().contains("no-such-camera"), failed.err());
    assertFalse(failed.err().contains("\tat "), "no stack trace: " + failed.err());
  }

  @Test
  void showsTheOptionsOfACommand() throws Exception {
    for (String option : new String[] {"--help", "-h"}) {
      Instance.Result help = instance.run("segments", option);
      assertEquals(0, help.exit(), help.err());
      assertTrue(help.out().contains("--camera"), help.out());
      assertFalse(help.out().contains("\u001b"), "no colours into a pipe: " + help.out());
    }
  }

  @Test
  void handsWordsOverUnchanged() throws Exception {
    for (String word : List.of("it's $HOME; a|b \"c\" \\ {d} ü", " blanks  around ", "*", "")) {
      Instance.Result result = instance.run("extinguish", word);
      assertEquals(2, result.exit(), result.err());
      assertTrue(result.err().contains('"' + word + '"'), result.err());
    }
    assertEquals("two\nlines\n", instance.run("shell", "echo 'two\nlines'").out());
  }

  @Test
  void handsWordsOverUnchangedInAnyLocale() throws Exception {
    Instance elsewhere = new Instance(Distribution.unpacked().launcher(), home);
    Instance.Result result = elsewhere.with("LC_ALL", "C").run("extinguish", "Tür");
    assertTrue(result.err().contains("\"Tür\""), result.err());
  }

  @Test
  void showsAPasswordToNobody() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
      String url = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/x";
      Process probe = instance.begin("probe", "--user", "u", "--password", "hunter2", url);
      try (Socket camera = silent.accept()) {
        assertEquals('O', camera.getInputStream().read(), "OPTIONS: the command runs now");
        List<ProcessHandle> processes =
            Stream.concat(Stream.of(probe.toHandle()), probe.descendants()).toList();
        for (ProcessHandle process : processes) {
          String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
          assertTrue(line.contains("istream"), "the process of a command: " + line);
          assertFalse(line.contains("hunter2"), line);
        }
      } finally {
        probe.descendants().forEach(ProcessHandle::destroy);
        probe.destroy();
      }
    }
    assertFalse(instance.log().contains("hunter2"));
  }

  @Test
  void runsALineOfTheShell() throws Exception {
    Instance.Result result = instance.run("shell", "bundle:list -s | grep istream");
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().contains("istream.api"), result.out());
    assertFalse(result.out().contains("\u001b"), "no colours into a pipe: " + result.out());
  }

  @Test
  void hasAllItsBundlesActive() throws Exception {
    List<String> bundles = new ArrayList<>();
    for (Path jar : Distribution.unpacked().bundles()) {
      bundles.add(jar.getFileName().toString().replaceAll("-[0-9].*", ""));
    }
    String list = instance.run("shell", "bundle:list -s -t 0 --no-format").out();
    for (String bundle : bundles) {
      assertTrue(
          list.lines().anyMatch(line -> line.contains("Active") && line.contains(bundle)),
          bundle + " is not active in: " + list);
    }
  }

  @Test
  void takesAFileThatAppearsAndForgetsOneThatGoes() throws Exception {
    instance.write("istream.camera-dropped.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
    Wait.until(
        "the new file is known", EFFECT, () -> instance.configured("istream.camera-dropped"));
    instance.delete("istream.camera-dropped.cfg");
    Wait.until(
        "the deleted file is forgotten",
        EFFECT,
        () -> !instance.configured("istream.camera-dropped"));
  }

  @Test
  void isReachedByItsOwnerOnly() throws Exception {
    Path socket = instance.data().resolve("istream.sock");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(instance.data())));
  }
}
