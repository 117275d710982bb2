// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.replication.ReplicationStatus.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Instant NOW = Instant.parse("2026-11-23T22:35:00Z");

  private final List<CameraRecorder> cameras =
      List.of(
          Footage.camera(Footage.recording("front", NOW)),
          Footage.camera(
              Footage.in(RecorderState.WAITING, "attic", "connection \u001b[1mrefused", NOW)));
  private final List<FootageStore> stores =
      List.of(Footage.store("archive"), Footage.unreadableStore("usb"));
  private final List<FileProblem> problems =
      List.of(
          new FileProblem("istream.retention-keep.cfg", "there is no storage attic; add its file"),
          new FileProblem("istream.retention-old.cfg", "istream.retention-old.cfg: max.hours …"));
  private final GapLedger ledger =
      Footage.ledger(
          Footage.gap("front", NOW.minus(Duration.ofHours(30)), Optional.of(before(23, 59, 30))),
          Footage.gap("front", before(1, 0, 0), Optional.of(before(0, 59, 50))),
          Footage.gap("attic", NOW.minusSeconds(42), Optional.empty()));

  private ReplicaReport replicas = new ReplicaReport(List.of(), List.of());

  private static Instant before(int hours, int minutes, int seconds) {
    return NOW.minusSeconds(hours * 3600L + minutes * 60L + seconds);
  }

  private String table(List<GapLedger> ledgers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new StatusReport(cameras, stores, ledgers, problems, replicas, NOW)
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json(List<GapLedger> ledgers) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new StatusReport(cameras, stores, ledgers, problems, replicas, NOW)
        .json(new JsonWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    return new ObjectMapper().readTree(bytes.toByteArray());
  }

  @Test
  void aPersonReadsIt() {
    assertEquals(
        """
        CAMERA  STATE           SINCE    BIT RATE   FPS    DURABLE  GAPS 24 H
        attic   waiting          42 s           -     -          ?    1: 42 s
        front   recording  2 h 05 min  4.1 Mbit/s  25.0  0.8 s ago    2: 40 s
        attic: connection  [1mrefused
        front: audio is left out: G.726

        STORAGE  KIND   STATE          USED     FREE
        archive  local  ready        1.4 GB  52.0 GB
        usb      local  unavailable       ?        ?
        usb: the volume is missing; mount it
        istream.retention-keep.cfg: there is no storage attic; add its file
        istream.retention-old.cfg: max.hours …
        """,
        table(List.of(ledger)));
  }

  @Test
  void aScriptReadsIt() throws Exception {
    JsonNode json = json(List.of(ledger));
    JsonNode front = json.at("/cameras/1");
    assertEquals("front", front.get("id").asText());
    assertEquals("recording", front.get("state").asText());
    assertTrue(front.get("reason").isNull());
    assertEquals(NOW.minusSeconds(7500), Instant.parse(front.get("since").asText()));
    assertEquals(4_120_000, front.get("bitsPerSecond").asLong());
    assertEquals(25.0, front.get("framesPerSecond").asDouble());
    assertEquals(NOW.minusMillis(840), Instant.parse(front.get("lastDurable").asText()));
    assertEquals("audio is left out: G.726", front.at("/notes/0").asText());
    assertEquals(2, front.at("/gaps24h/count").asInt());
    assertEquals(40.0, front.at("/gaps24h/seconds").asDouble(), "clipped to the last 24 h");
    assertTrue(front.get("replicas").isArray());
    assertTrue(json.at("/cameras/0/lastDurable").isNull());
    assertEquals(1_400_000_000L, json.at("/storages/0/usedBytes").asLong());
    assertTrue(json.at("/storages/0/lastError").isNull());
    assertEquals("unavailable", json.at("/storages/1/state").asText());
    assertTrue(json.at("/storages/1/freeBytes").isNull(), "unknown is never a number");
    assertEquals("istream.retention-keep.cfg", json.at("/problems/0/file").asText());
    assertEquals(problems.get(0).message(), json.at("/problems/0/message").asText());
  }

  @Test
  void gapsThatCannotBeReadAreUnknownAndNotNone() throws Exception {
    List<GapLedger> ledgers = List.of(ledger, Footage.unreadableLedger());
    assertTrue(json(ledgers).at("/cameras/1/gaps24h").isNull());
    assertTrue(table(ledgers).contains("gaps: archive: gaps.jsonl cannot be read"));
    assertTrue(json(List.of()).at("/cameras/1/gaps24h").isNull());
  }

  @Test
  void overlappingGapsCountTheirTimeOnce() {
    GapLedger one =
        Footage.ledger(Footage.gap("front", NOW.minusSeconds(60), Optional.of(before(0, 0, 30))));
    GapLedger other =
        Footage.ledger(Footage.gap("front", NOW.minusSeconds(50), Optional.of(before(0, 0, 20))));
    GapTally tally = new GapTally(List.of(one, other), before(24, 0, 0), NOW);
    assertEquals(Optional.of(new GapTally.Sum(2, Duration.ofSeconds(40))), tally.of("front"));
    assertEquals(Optional.of(new GapTally.Sum(0, Duration.ZERO)), tally.of("attic"));
  }

  private static Progress progress(String camera, Double atRisk, long backlog, boolean counted) {
    Optional<Duration> risk =
        Optional.ofNullable(atRisk).map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
    return new Progress(camera, risk.map(NOW::minus), risk, backlog, counted);
  }

  private void replicate() {
    replicas =
        new ReplicaReport(
            List.of(
                Footage.replication(
                    "offsite",
                    "server nas.example:22 is not reachable; is it up?",
                    progress("attic", null, 0, false),
                    progress("front", 65.0, 1_200_000_000, false)),
                Footage.replication("cellar", "", progress("front", 0.84, 64_000, true))),
            List.of(Footage.replica("offsite"), Footage.replica("nas")));
  }

  @Test
  void aPersonSeesWhatIsAtRisk() {
    replicate();
    String table = table(List.of(ledger));
    assertTrue(
        table.startsWith(
            """
            CAMERA  STATE           SINCE    BIT RATE   FPS    DURABLE  GAPS 24 H     AT RISK
            attic   waiting          42 s           -     -          ?    1: 42 s           ?
            front   recording  2 h 05 min  4.1 Mbit/s  25.0  0.8 s ago    2: 40 s  1 min 05 s
            """),
        table);
    assertTrue(
        table.contains(
            """

            REPLICA  OF       STATE          AT RISK      BACKLOG
            cellar   archive  connected        0.8 s      64.0 kB
            offsite  archive  not connected        ?  over 1.2 GB
            nas: nothing is copied to it: the bundle istream.storage.replicator is not active
            offsite: server nas.example:22 is not reachable; is it up?
            """),
        table);
  }

  @Test
  void aScriptSeesWhatIsAtRisk() throws Exception {
    replicate();
    JsonNode json = json(List.of(ledger));
    assertEquals(
        "[{\"storage\":\"offsite\",\"secondsAtRisk\":null,\"backlogBytes\":0}]",
        json.at("/cameras/0/replicas").toString());
    assertEquals(
        "[{\"storage\":\"cellar\",\"secondsAtRisk\":0.84,\"backlogBytes\":64000},"
            + "{\"storage\":\"offsite\",\"secondsAtRisk\":65,\"backlogBytes\":1200000000}]",
        json.at("/cameras/1/replicas").toString());
    assertEquals(
        "{\"storage\":\"cellar\",\"source\":\"archive\",\"connected\":true,\"problem\":null}",
        json.at("/replicas/0").toString());
  }

  @Test
  void whatOnlyAReplicaLacksIsNoGapOfTheCamera() {
    GapLedger losses =
        Footage.ledger(
            Footage.loss("front", NOW.minusSeconds(60), Optional.of(before(0, 0, 30)), "offsite"));
    GapTally tally = new GapTally(List.of(losses), before(24, 0, 0), NOW);
    assertEquals(Optional.of(new GapTally.Sum(0, Duration.ZERO)), tally.of("front"));
  }

  @Test
  void linesFitEightyColumns() {
    assertTrue(table(List.of(ledger)).lines().allMatch(line -> line.length() <= 80));
  }
}
