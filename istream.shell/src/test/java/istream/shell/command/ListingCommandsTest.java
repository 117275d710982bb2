// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingCommandsTest {
  private final Shell shell = new Shell(Path.of("etc"));

  private static JsonNode read(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }

  private Shell withFootage() {
    return shell.with(
        Footage.store(
            "archive",
            Footage.segment("front", "2026-11-23T10:00:00.120Z", "archive", false),
            Footage.segment("front", "2026-11-23T10:02:00Z", "archive", true)),
        Footage.store("copy", Footage.segment("attic", "2026-11-23T10:01:00Z", "copy", false)));
  }

  @Test
  void segmentsOfAllStoragesComeInTheOrderOfTime() throws Exception {
    JsonNode json = read(withFootage().run(SegmentsCommand.class, "--json"));
    assertEquals(3, json.get("segments").size());
    JsonNode first = json.at("/segments/0");
    assertEquals("2026-11-23T10:00:00.120Z", first.get("start").asText());
    assertEquals(60.04, first.get("duration").asDouble());
    assertEquals(30_000_000, first.get("bytes").asLong());
    assertEquals("archive", first.get("storage").asText());
    assertEquals(
        "/f/front/2026-11-23/10/front_20261123T100000.120Z.mp4", first.get("file").asText());
    assertEquals("attic", json.at("/segments/1/camera").asText());
    assertTrue(json.at("/segments/2/open").asBoolean());
  }

  @Test
  void segmentsAreNarrowedDown() throws Exception {
    assertEquals(
        """
        CAMERA  START (UTC)              LENGTH     SIZE  STORAGE
        front   2026-11-23 10:00:00  1 min 00 s  30.0 MB  archive
        1 segment, 1 min 00 s, 30.0 MB
        """,
        withFootage()
            .run(
                SegmentsCommand.class,
                "--camera",
                "front",
                "--from",
                "2026-11-23T10:00:30Z",
                "--to=2026-11-23T10:01:30Z"));
  }

  @Test
  void aLimitLeavesTheRest() throws Exception {
    String files = withFootage().run(SegmentsCommand.class, "--json", "--limit", "1");
    assertEquals(1, read(files).get("segments").size());
  }

  @Test
  void aStorageThatCannotBeReadIsNotNoFootage() {
    withFootage().with(Footage.unreadableStore("usb"));
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(SegmentsCommand.class, "--json"));
    assertTrue(failure.getMessage().contains("usb: the volume is missing"), failure.getMessage());
    assertTrue(shell.printed().contains("attic"), "the others are shown all the same");
  }

  @Test
  void anUnknownStorageIsNamedWithTheKnownOnes() {
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () -> withFootage().run(SegmentsCommand.class, "--storage", "nas"));
    assertTrue(failure.getMessage().contains("archive, copy"), failure.getMessage());
  }

  @Test
  void wrongUsageIsToldFromFailure() {
    assertThrows(
        CommandException.class, () -> shell.run(SegmentsCommand.class, "--from", "yesterday"));
    assertThrows(CommandException.class, () -> shell.run(GapsCommand.class, "--camera", "../x"));
    assertThrows(CommandException.class, () -> shell.run(StatusCommand.class, "--yaml"));
  }

  @Test
  void aGapThatLastsEndsNowAndIsOpen() throws Exception {
    Instant from = Instant.now().minusSeconds(90);
    shell.with(
        Footage.ledger(
            Footage.gap("front", from, Optional.empty()),
            Footage.gap("front", from.minusSeconds(60), Optional.of(from.minusSeconds(50)))));
    JsonNode gaps = read(shell.run(GapsCommand.class, "--json")).get("gaps");
    assertEquals("network", gaps.at("/0/cause").asText());
    assertTrue(!gaps.at("/0/open").asBoolean() && gaps.at("/1/open").asBoolean());
    Instant to = Instant.parse(gaps.at("/1/to").asText());
    assertTrue(Duration.between(from, to).toSeconds() >= 90, to.toString());
    assertTrue(gaps.at("/1/storage").isMissingNode(), "nowhere recorded");
  }

  @Test
  void aGapOfAReplicaNamesIt() throws Exception {
    Instant from = Instant.parse("2026-11-23T10:00:00Z");
    shell.with(
        Footage.ledger(
            Footage.gap("front", from.minusSeconds(20), Optional.of(from)),
            Footage.loss("front", from, Optional.of(from.plusSeconds(60)), "offsite")));
    String shown = shell.run(GapsCommand.class, "--from", "2026-11-23T09:00:00Z");
    assertEquals(
        """
        CAMERA  FROM (UTC)               LENGTH  CAUSE    DETAIL
        front   2026-11-23 09:59:40        20 s  network  no route to host
        front   2026-11-23 10:00:00  1 min 00 s  network  not on offsite: deleted here to make room
        1 gap, 20 s in all
        recorded, but not on a replica: 1 min 00 s
        """,
        shown);
    JsonNode gaps =
        read(shell.run(GapsCommand.class, "--json").substring(shown.length())).get("gaps");
    assertTrue(gaps.at("/0/storage").isMissingNode());
    assertEquals("offsite", gaps.at("/1/storage").asText());
  }

  @Test
  void noLedgerIsNotNoGap() {
    assertThrows(CommandFailure.class, () -> shell.run(GapsCommand.class));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StatusCommand.class,
        SegmentsCommand.class,
        GapsCommand.class,
        RetentionCommand.class,
        ProbeCommand.class,
        IgniteCommand.class,
        ExtinguishCommand.class,
        TrustCommand.class
      })
  void everyCommandExplainsItselfWithoutDoingAnything(Class<? extends Action> command)
      throws Exception {
    String help = shell.run(command, "--help");
    assertTrue(help.contains("--json"), help);
    assertTrue(help.contains(command.getAnnotation(Command.class).description()), help);
  }

  @Test
  void statusWithoutAnythingSaysWhatToDo() throws Exception {
    assertTrue(shell.run(StatusCommand.class).contains("rtsp.url"));
  }
}
