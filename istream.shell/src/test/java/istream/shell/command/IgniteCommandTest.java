// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.camera.CameraCensus;
import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import istream.api.camera.FoundCamera.Make;
import istream.api.configuration.ConfigReader;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgniteCommandTest {
  private static final FoundCamera YARD =
      Found.camera("192.0.2.7")
          .name("Yard")
          .endpoint("urn:uuid:00aa12")
          .make(new Make("ACME", "X1", ""))
          .get();

  private final Found.Finder finder = new Found.Finder();
  @TempDir Path etc;
  private Shell shell;

  @BeforeEach
  void prepare() {
    shell = new Shell(etc).with(finder).input("s3cret\n", "s3cret");
    for (String id : List.of("yard", "front", "camera-192-0-2-7")) {
      shell.with(new Recorder(id));
    }
  }

  /** Records, as any recorder does some time after there is a file. */
  private record Recorder(String id) implements CameraRecorder {
    @Override
    public RecorderStatus status() {
      return Footage.in(RecorderState.RECORDING, id, "", Instant.EPOCH);
    }
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(etc)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private String text(String id) throws IOException {
    return Files.readString(etc.resolve(CameraFiles.name(id)));
  }

  private String permissions(String id) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(etc.resolve(CameraFiles.name(id))));
  }

  private CommandFailure failure(Object... arguments) {
    return assertThrows(CommandFailure.class, () -> shell.run(IgniteCommand.class, arguments));
  }

  @Test
  void aCameraGetsAFileThatOnlyItsOwnerReads() throws Exception {
    finder.finds(YARD);
    String printed = shell.run(IgniteCommand.class, "--user", "me", "--password", "-");
    assertTrue(printed.contains("yard    new file, ACME X1, 192.0.2.7  recording"), printed);
    assertTrue(text("yard").startsWith("# Yard, ACME, X1; found at 192.0.2.7 by eth0 on 2"));
    ConfigReader file = KarafReader.read(text("yard"));
    assertEquals(List.of(), file.problems());
    assertEquals("http://192.0.2.7/onvif/device_service", file.text("onvif.url"));
    assertEquals("urn:uuid:00aa12", file.text("onvif.endpoint"));
    assertEquals("me", file.text("user"));
    assertEquals("s3cret", file.text(".password"));
    assertEquals("rw-------", permissions("yard"));
    assertFalse((printed + shell.warned()).contains("s3cret"));
  }

  @Test
  void twiceChangesNothing() throws Exception {
    finder.finds(YARD, Found.camera("192.0.2.8").name("Front").endpoint("").get());
    shell.run(IgniteCommand.class);
    Map<String, String> before = files();
    assertEquals(2, before.size());
    Shell again = new Shell(etc).with(finder, new Recorder("yard"), new Recorder("front"));
    String printed = again.run(IgniteCommand.class);
    assertTrue(printed.contains("yard    was on  recording\n"), printed);
    assertFalse(printed.contains("new file"), printed);
    assertEquals(before, files());
  }

  @Test
  void whatItsOwnerWroteStays() throws Exception {
    String text = "# mine\r\nonvif.endpoint : urn:uuid:00aa12\r\nprofile=sub";
    Files.writeString(etc.resolve("istream.camera-front.cfg"), text);
    finder.finds(YARD);
    shell.run(IgniteCommand.class, "--user", "me", "--password", "-");
    assertEquals(Map.of("istream.camera-front.cfg", text), files());
  }

  @Test
  void aCameraThatIsSwitchedOffIsSwitchedOnAndThatIsSaid() throws Exception {
    Files.writeString(
        etc.resolve("istream.camera-front.cfg"), "rtsp.url=rtsp://h/1\nenabled=false\n");
    finder.finds(YARD);
    String printed = shell.run(IgniteCommand.class);
    assertTrue(printed.contains("front   switched on"), printed);
    assertEquals("rtsp.url=rtsp://h/1\nenabled=true\n", text("front"));
  }

  @Test
  void aFileOfThatNameIsNeverWrittenOver() throws Exception {
    Files.writeString(etc.resolve("istream.camera-yard.cfg"), "rtsp.url = rtsp://elsewhere/\n");
    shell.with(new Recorder("yard-aa12"));
    finder.finds(YARD);
    shell.run(IgniteCommand.class);
    assertEquals("rtsp.url = rtsp://elsewhere/\n", text("yard"));
    assertTrue(text("yard-aa12").contains("onvif.url"));
    assertFalse(new CameraFiles(etc).create("yard", "other"));
    assertEquals("rtsp.url = rtsp://elsewhere/\n", text("yard"));
    assertEquals(2, files().size(), "and nothing else is left behind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "x\nenabled = false",
        "x\r.password = other",
        "x\u0085\u2028enabled = false",
        "x \\",
        "",
        "\ud83d\ude00",
        "${java.home} $[env:HOME]",
      })
  void aHostileNameChangesNeitherDirectoryNorFile(String name) throws Exception {
    FoundCamera camera = Found.camera("192.0.2.7").name(name.repeat(500)).model(name).get();
    new Ignition(new CameraFiles(etc), new Credentials("me", "s3cret"), LocalDate.EPOCH)
        .light(new CameraCensus(List.of(camera), List.of()));
    assertEquals(1, files().size());
    String file = files().keySet().iterator().next();
    assertTrue(file.matches("istream\\.camera-[a-z0-9-]{1,64}\\.cfg"), file);
    String text = files().get(file);
    assertEquals(5, text.split("\n", -1).length - 1, text);
    ConfigReader reader = KarafReader.read(text);
    assertEquals("", reader.text("enabled"));
    assertEquals("s3cret", reader.text(".password"));
    assertEquals(List.of(), reader.problems());
  }

  @Test
  void namesakesGetFilesOfTheirOwn() throws Exception {
    finder.finds(YARD, Found.camera("192.0.2.8").name("Yard").endpoint("urn:uuid:00bb34").get());
    shell.with(new Recorder("yard-aa12"), new Recorder("yard-bb34"));
    shell.run(IgniteCommand.class);
    assertTrue(text("yard-aa12").contains("192.0.2.7"));
    assertTrue(text("yard-bb34").contains("192.0.2.8"));
  }

  @Test
  void anEndpointThatRepeatsIsNotRelliedOn() throws Exception {
    finder.finds(YARD, Found.camera("192.0.2.8").name("Front").endpoint("urn:uuid:00aa12").get());
    shell.run(IgniteCommand.class);
    assertFalse(text("yard").contains("onvif.endpoint"));
    assertFalse(text("front").contains("onvif.endpoint"));
  }

  @Test
  void thoseThatCannotBeRecordedAreNamedAndFailIt() throws Exception {
    finder
        .finds(
            YARD,
            Found.camera("192.0.2.8").answer(Answer.NEEDS_LOGIN, "it wants a login").get(),
            Found.camera("192.0.2.9").name("Shed").answer(Answer.AMBIGUOUS, "").get())
        .remarks("eth1 is slow");
    String message = failure().getMessage();
    assertTrue(message.contains("Front, 192.0.2.8 (needs a login)"), message);
    assertTrue(message.contains("Shed, 192.0.2.9 (clash)"), message);
    String printed = shell.printed();
    assertTrue(printed.contains("Front, 192.0.2.8: it wants a login\n"), printed);
    assertTrue(printed.contains("Shed, 192.0.2.9: shares its address"), printed);
    assertTrue(printed.contains("Next: istream ignite --user USER --password"), printed);
    assertTrue(printed.contains("eth1 is slow"), printed);
    assertEquals(1, files().size(), "the one that is ready is recorded all the same");
  }

  @Test
  void anAddressWithALoginInItIsNotWritten() throws Exception {
    finder.finds(Found.camera("192.0.2.7").url("http://a:b@192.0.2.7/").get());
    assertTrue(failure().getMessage().contains("192.0.2.7"));
    assertEquals(Map.of(), files());
  }

  @Test
  void nothingAtAllIsAFailureThatSaysWhatToCheck() throws Exception {
    assertTrue(failure().getMessage().contains("no camera was found"));
    assertTrue(shell.printed().contains("cable"), shell.printed());
    Files.writeString(etc.resolve("istream.camera-front.cfg"), "rtsp.url=rtsp://h/1\n");
    assertTrue(shell.run(IgniteCommand.class).contains("front"), "one that is configured is on");
  }

  @Test
  void jsonSaysWhatWasDone() throws Exception {
    finder.finds(YARD, Found.camera("192.0.2.9").answer(Answer.UNREACHABLE, "away").get());
    failure("--json");
    JsonNode document = new ObjectMapper().readTree(shell.printed());
    assertEquals("yard", document.at("/cameras/0/id").asText());
    assertTrue(document.at("/cameras/0/written").asBoolean());
    assertEquals("recording", document.at("/cameras/0/state").asText());
    assertEquals("192.0.2.9", document.at("/refused/0/address").asText());
    assertEquals("unreachable", document.at("/refused/0/answer").asText());
    assertEquals("away", document.at("/refused/0/problem").asText());
    assertTrue(document.get("remarks").isArray());
  }

  @Test
  void withIdsALoginIsWrittenIntoTheirFiles() throws Exception {
    Path file = etc.resolve("istream.camera-front.cfg");
    Files.writeString(file, "# mine\nuser = old\nrtsp.url = rtsp://h/1\nenabled = false\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    shell.run(IgniteCommand.class, "front", "--user", "m\u00e9 {x}", "--password", "-");
    assertEquals("rw-------", permissions("front"));
    assertTrue(text("front").startsWith("# mine\nuser = m\\u00e9 \\\\{x\\\\}\nrtsp.url"));
    ConfigReader reader = KarafReader.read(text("front"));
    assertEquals("m\u00e9 {x}", reader.text("user"));
    assertEquals("s3cret", reader.text(".password"));
    assertEquals("true", reader.text("enabled"));
    assertNull(finder.asked());
    String before = text("front");
    shell.input("", "s3cret");
    shell.run(IgniteCommand.class, "--user", "m\u00e9 {x}", "--password", "front");
    assertEquals(before, text("front"), "twice changes nothing");
  }

  @Test
  void aUserWithoutAPasswordReplacesOneThatHadOne() throws Exception {
    Path file = etc.resolve("istream.camera-front.cfg");
    Files.writeString(file, "rtsp.url = rtsp://h/1\nuser = old\n.password = old\n");
    shell.run(IgniteCommand.class, "front", "--user", "new");
    assertEquals("rtsp.url = rtsp://h/1\nuser = new\n.password = \n", text("front"));
    assertEquals("", KarafReader.read(text("front")).text(".password"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a$[env:HOME]", " q7x", "q7x "})
  void aPasswordThatCannotBeWrittenIsRefusedBeforeAnythingIsDone(String password) throws Exception {
    Files.writeString(etc.resolve("istream.camera-front.cfg"), "rtsp.url = rtsp://h/1\n");
    Map<String, String> before = files();
    finder.finds(YARD);
    for (String id : List.of("front", "--json")) {
      String message = failure(id, "--user", "me", "--password=" + password).getMessage();
      assertTrue(message.contains("$[secret:"), message);
      assertFalse(message.contains(password), message);
    }
    assertEquals(before, files());
    assertNull(finder.asked());
  }

  @Test
  void aSearchCanBeNarrowed() throws Exception {
    finder.finds(YARD);
    shell.run(IgniteCommand.class, "--nic", "eth0", "--host", "192.0.2.7", "--timeout=9");
    assertEquals(List.of("eth0"), finder.asked().interfaces());
    assertEquals(List.of("192.0.2.7"), finder.asked().hosts());
    for (Object[] arguments :
        new Object[][] {
          {"front", "--nic", "eth0"}, {"--host", "a@b"}, {"--timeout", "121"}, {"--password", "x"}
        }) {
      assertThrows(CommandException.class, () -> shell.run(IgniteCommand.class, arguments));
    }
  }
}
