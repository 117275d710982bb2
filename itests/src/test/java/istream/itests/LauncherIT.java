// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  void handsWordsOverUnchanged() throws Exception {
    String word = "it's $HOME; a|b \"c\" \\ {d} ü";
    Instance.Result result = instance.run("extinguish", word);
    assertEquals(2, result.exit(), result.err());
    assertTrue(result.err().contains('"' + word + '"'), result.err());
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
