// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchCommandsTest {
  @TempDir Path etc;
  private Path file;
  private Shell shell;

  @BeforeEach
  void configure() throws IOException {
    file = Files.writeString(etc.resolve("istream.camera-front.cfg"), "rtsp.url = rtsp://h/1\n");
    shell = new Shell(etc).with(new FollowingRecorder());
  }

  /** Is what its file says, as a recorder is some seconds later. */
  private final class FollowingRecorder implements CameraRecorder {
    @Override
    public String id() {
      return "front";
    }

    @Override
    public RecorderStatus status() {
      try {
        boolean off = Files.readString(file).contains("enabled = false");
        RecorderState state = off ? RecorderState.DISABLED : RecorderState.CONNECTING;
        return Footage.in(state, "front", off ? "switched off" : "", Instant.now());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void stopsAndStartsAndSaysSo() throws Exception {
    assertEquals(
        "front: switched off, disabled (switched off)\n",
        shell.run(ExtinguishCommand.class, "front"));
    assertEquals("rtsp.url = rtsp://h/1\nenabled = false\n", Files.readString(file));
    assertTrue(shell.run(IgniteCommand.class, "front").endsWith("switched on, connecting\n"));
    assertEquals("rtsp.url = rtsp://h/1\nenabled = true\n", Files.readString(file));
    assertTrue(shell.run(IgniteCommand.class, "front").endsWith("was on, connecting\n"));
  }

  @Test
  void idsAreCompletedAlsoOfCamerasThatDoNotRun() throws Exception {
    Files.writeString(etc.resolve("istream.camera-frontier.cfg"), "");
    Files.writeString(etc.resolve("istream.camera-attic.cfg"), "");
    assertEquals(List.of("front", "frontier"), shell.complete(CameraCompleter.class, "fr"));
    shell.with(Footage.store("archive"), Footage.store("usb"));
    assertEquals(List.of("archive"), shell.complete(StorageCompleter.class, "a"));
    shell = new Shell(etc.resolve("gone")).with(new FollowingRecorder());
    assertEquals(List.of("front"), shell.complete(CameraCompleter.class, ""));
  }

  @Test
  void optionsMayStandAfterTheIds() throws Exception {
    JsonNode json =
        new ObjectMapper().readTree(shell.run(ExtinguishCommand.class, "front", "--json"));
    assertEquals("disabled", json.at("/cameras/0/state").asText());
    assertTrue(json.at("/cameras/0/changed").asBoolean());
  }

  @Test
  void anUnknownCameraChangesNoneOfThem() throws Exception {
    CommandFailure failure =
        assertThrows(
            CommandFailure.class, () -> shell.run(ExtinguishCommand.class, "front", "cellar"));
    assertTrue(failure.getMessage().contains("cellar"), failure.getMessage());
    assertTrue(failure.getMessage().contains("known: front"), failure.getMessage());
    assertFalse(Files.readString(file).contains("enabled"));
  }

  @Test
  void saysWhatIsMissing() {
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(IgniteCommand.class));
    assertTrue(failure.getMessage().contains("nothing is active"), failure.getMessage());
    assertThrows(CommandException.class, () -> shell.run(ExtinguishCommand.class));
    assertThrows(CommandException.class, () -> shell.run(IgniteCommand.class, "front", "--now"));
    assertThrows(CommandException.class, () -> shell.run(IgniteCommand.class, "../front"));
  }

  @Test
  void waitsForTheRecorderButNotForEver() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicLong time = new AtomicLong();
    CameraSwitch slow =
        new CameraSwitch(
            new CameraFiles(etc),
            id ->
                Optional.of(
                    Footage.in(
                        asked.incrementAndGet() < 3
                            ? RecorderState.RECORDING
                            : RecorderState.DISABLED,
                        id,
                        "",
                        Instant.EPOCH)),
            () -> time.addAndGet(1_000_000));
    assertTrue(slow.turn(List.of("front"), false).get(0).taken());
  }

  @Test
  void whatIsNotTakenUpInTimeIsPrintedAndFails() throws Exception {
    AtomicLong time = new AtomicLong();
    CameraSwitch gone =
        new CameraSwitch(
            new CameraFiles(etc), id -> Optional.empty(), () -> time.addAndGet(2_000_000_000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () ->
                new SwitchArguments(List.of("front", "--json"), false)
                    .turn(gone, false, new PrintStream(out, true, StandardCharsets.UTF_8)));
    assertTrue(failure.getMessage().contains("recorder of front"), failure.getMessage());
    JsonNode camera = new ObjectMapper().readTree(out.toByteArray()).at("/cameras/0");
    assertFalse(camera.get("taken").asBoolean(), camera.toString());
    assertTrue(Files.readString(file).contains("enabled = false"), "the file says so all the same");
  }
}
