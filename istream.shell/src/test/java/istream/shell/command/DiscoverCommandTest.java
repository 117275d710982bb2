// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.camera.CameraSearch;
import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera.Answer;
import istream.api.camera.FoundCamera.Make;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoverCommandTest {
  private static final String RTSP = "rtsp://192.0.2.7:554/stream1";

  private final Found.Finder finder = new Found.Finder();
  @TempDir Path etc;
  private Shell shell;

  @BeforeEach
  void cameras() {
    shell = new Shell(etc).with(finder);
    finder.finds(
        Found.camera("192.0.2.7")
            .name("Front door")
            .make(new Make("ACME", "X1", "0815"))
            .route("wlan0", "192.0.2.7")
            .profile("main", "H.265", 2560, 1440, RTSP)
            .profile("p2", "", 0, 0, "")
            .get(),
        Found.camera("192.0.2.8")
            .name("")
            .endpoint("")
            .answer(Answer.NEEDS_LOGIN, "it wants a login")
            .get());
  }

  private JsonNode json(Object... arguments) throws Exception {
    return new ObjectMapper().readTree(shell.run(DiscoverCommand.class, arguments));
  }

  @Test
  void aTableWithStreamsAndProblems() throws Exception {
    Files.writeString(etc.resolve("istream.camera-door.cfg"), "rtsp.url = " + RTSP + "\n");
    String printed = shell.run(DiscoverCommand.class);
    String[] lines = printed.split("\n", -1);
    assertTrue(lines[0].startsWith("NAME        ADDRESS    INTERFACE"), printed);
    assertTrue(lines[1].matches("Front door +192.0.2.7 +eth0 +ACME X1 +door +ready"), printed);
    assertEquals("    also seen at 192.0.2.7 by wlan0", lines[2]);
    assertEquals("    main  H.265  2560x1440  " + RTSP, lines[3]);
    assertEquals("    p2    ?      ?          no stream address", lines[4]);
    assertTrue(lines[5].matches("\\(no name\\) +192.0.2.8 +eth0 +- +- +needs a login"), printed);
    assertEquals("    it wants a login", lines[6]);
    assertTrue(printed.contains("istream ignite --user USER --password"), printed);
    assertFalse(printed.contains("can be recorded now"), "the one that could be is configured");
    assertEquals("seen: 192.0.2.7\nseen: 192.0.2.8\n", shell.warned());
  }

  @Test
  void whatCanBeRecordedIsSaidWithTheCommand() throws Exception {
    String printed = shell.run(DiscoverCommand.class);
    assertTrue(printed.contains("1 camera can be recorded now: istream ignite\n"), printed);
    finder.finds(Found.camera("192.0.2.7").get());
    Files.writeString(etc.resolve("istream.camera-a.cfg"), "onvif.endpoint=urn:uuid:1");
    assertTrue(shell.run(DiscoverCommand.class).endsWith("see istream status.\n"));
  }

  @Test
  void standardOutputIsOneDocument() throws Exception {
    finder.remarks("eth1 drops answers");
    JsonNode document = json("--json");
    assertEquals("eth1 drops answers", document.at("/remarks/0").asText());
    JsonNode front = document.at("/cameras/0");
    assertEquals("Front door", front.get("name").asText());
    assertEquals("192.0.2.7", front.get("address").asText());
    assertEquals("eth0", front.get("interface").asText());
    assertEquals("wlan0", front.at("/routes/1/interface").asText());
    assertEquals("urn:uuid:1", front.get("endpoint").asText());
    assertEquals("http://192.0.2.7/onvif/device_service", front.get("onvifUrl").asText());
    assertTrue(front.get("reachable").asBoolean());
    assertEquals("ready", front.get("answer").asText());
    assertTrue(front.get("known").isNull());
    assertEquals("ACME", front.get("manufacturer").asText());
    assertEquals("0815", front.get("serial").asText());
    assertEquals(1440, front.at("/profiles/0/height").asInt());
    assertEquals(RTSP, front.at("/profiles/0/uri").asText());
    assertTrue(front.at("/profiles/1/width").isNull());
    assertTrue(front.get("problem").isNull());
    assertEquals("needs-login", document.at("/cameras/1/answer").asText());
    assertEquals("it wants a login", document.at("/cameras/1/problem").asText());
    assertTrue(shell.warned().contains("seen: 192.0.2.8"), "progress goes elsewhere");
  }

  @Test
  void jsonNamesTheFileOfACamera() throws Exception {
    Files.writeString(etc.resolve("istream.camera-door.cfg"), "rtsp.url = " + RTSP + "\n");
    assertEquals("door", json("--json").at("/cameras/0/known").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNREACHABLE", "AMBIGUOUS"})
  void whatCannotBeRelliedOnIsNotReachable(Answer answer) throws Exception {
    finder.finds(Found.camera("192.0.2.7").answer(answer, "").get());
    assertFalse(json("--json").at("/cameras/0/reachable").asBoolean());
    String printed = shell.run(DiscoverCommand.class);
    assertTrue(printed.contains("address"), "says what is wrong all the same: " + printed);
  }

  @Test
  void optionsBeforeAndAfterTheHosts() throws Exception {
    shell.input("", "s3cret");
    shell.run(
        DiscoverCommand.class, "--nic", "eth0", "cam.local:8080", "--nic=eth1", "--timeout", "7");
    assertEquals(
        new CameraSearch(
            List.of("eth0", "eth1"),
            Optional.of(Duration.ofSeconds(7)),
            Credentials.NONE,
            List.of("cam.local:8080")),
        finder.asked());
    shell.run(DiscoverCommand.class, "192.0.2.7", "--user", "me", "--password", "--json");
    assertEquals(new Credentials("me", "s3cret"), finder.asked().credentials());
    assertEquals("s3cret", finder.asked().credentials().password());
    shell.run(DiscoverCommand.class, "--user", "me", "--password=");
    assertEquals("s3cret", finder.asked().credentials().password());
    shell.run(DiscoverCommand.class, "--user", "me", "--password", "192.0.2.7");
    assertEquals(List.of("192.0.2.7"), finder.asked().hosts());
    assertEquals("s3cret", finder.asked().credentials().password());
  }

  @Test
  void whenNothingIsFoundItSaysWhatToCheck() throws Exception {
    finder.finds().remarks("rp_filter drops answers");
    String printed = shell.run(DiscoverCommand.class);
    for (String part : new String[] {"rp_filter", "cable", "ONVIF", "--nic", "discover HOST"}) {
      assertTrue(printed.contains(part), part + " in " + printed);
    }
  }

  @Test
  void wrongUsageAsksNobody() {
    for (Object[] arguments :
        new Object[][] {
          {"--timeout", "0"},
          {"--timeout", "x"},
          {"--password", "x"},
          {"--user", "me", "--password", "--json"},
          {"me:s3cret@192.0.2.7"},
          {"http://me:s3cret@192.0.2.7/"},
          {"two words"},
          {"192.0.2.7", "--now"},
        }) {
      Exception refusal =
          assertThrows(CommandException.class, () -> shell.run(DiscoverCommand.class, arguments));
      assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }
    assertNull(finder.asked());
  }

  @Test
  void aSearchThatFailsSaysWhy() {
    finder.fails("there is no interface eth9; there are eth0, eth1");
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(DiscoverCommand.class, "--nic", "eth9"));
    assertTrue(failure.getMessage().contains("there are eth0, eth1"), failure.getMessage());
  }
}
