// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraFilesTest {
  @TempDir Path etc;
  private CameraFiles files;

  @BeforeEach
  void open() {
    files = new CameraFiles(etc);
  }

  private Path write(String id, byte... bytes) throws IOException {
    return Files.write(etc.resolve("istream.camera-" + id + ".cfg"), bytes);
  }

  private Path write(String id, String text) throws IOException {
    return write(id, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void knowsCamerasByTheirFiles() throws Exception {
    write("front", "");
    write("back-yard", "nonsense");
    Files.writeString(etc.resolve("istream.onvif.cfg"), "");
    assertEquals(Set.of("back-yard", "front"), files.ids());
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> files.requireKnown(List.of("front", "attic")));
    assertTrue(failure.getMessage().contains("attic"), failure.getMessage());
    assertTrue(failure.getMessage().contains("known: back-yard, front"), failure.getMessage());
  }

  @Test
  void aDirectoryThatCannotBeReadIsNotNoCameras() {
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> new CameraFiles(etc.resolve("gone")).ids());
    assertTrue(failure.getMessage().contains("gone"), failure.getMessage());
  }

  @Test
  void keepsEveryOtherByteAndThePermissions() throws Exception {
    byte[] odd = "# caf\u00e9\r\nenabled = true\r\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = write("front", odd);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertTrue(files.enable("front", false));
    assertEquals(
        "# caf\u00e9\r\nenabled = false\r\n", Files.readString(file, StandardCharsets.ISO_8859_1));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void twiceDoesNotTouchTheFile() throws Exception {
    Path file = write("front", "enabled=true\n");
    Object inode = Files.getAttribute(file, "unix:ino");
    assertFalse(files.enable("front", true));
    assertEquals(inode, Files.getAttribute(file, "unix:ino"), "the same file, not a replacement");
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path target = Files.writeString(etc.resolve("elsewhere"), "enabled=true\n");
    Path link = Files.createSymbolicLink(etc.resolve("istream.camera-front.cfg"), target);
    assertTrue(files.enable("front", false));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("enabled=false\n", Files.readString(target));
  }

  @Test
  void manyAtOnceLeaveAWholeFileAndNothingElse() throws Exception {
    String rest = "#".repeat(10_000) + "\n";
    Path file = write("front", rest + "enabled = true\n");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        boolean on = i % 2 == 0;
        tasks.add(() -> enable(on));
      }
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
    String text = Files.readString(file);
    assertTrue(
        text.equals(rest + "enabled = true\n") || text.equals(rest + "enabled = false\n"),
        () -> "length " + text.length());
    try (Stream<Path> left = Files.list(etc)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  private boolean enable(boolean on) {
    try {
      return files.enable("front", on);
    } catch (CommandFailure e) {
      assertTrue(e.getMessage().contains("try again"), e.getMessage());
      return false;
    }
  }
}
