// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import istream.api.footage.StoreStatus;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How cameras, storages and replicas are at one moment, and what is wrong with other files. */
final class StatusReport {
  private static final Duration DAY = Duration.ofHours(24);

  private final List<RecorderStatus> cameras;
  private final List<StoreStatus> storages;
  private final GapTally gaps;
  private final List<FileProblem> problems;
  private final ReplicaReport replicas;
  private final Instant now;

  StatusReport(
      List<CameraRecorder> recorders,
      List<FootageStore> stores,
      List<GapLedger> ledgers,
      List<FileProblem> problems,
      ReplicaReport replicas,
      Instant now) {
    cameras =
        recorders.stream()
            .map(CameraRecorder::status)
            .sorted(Comparator.comparing(RecorderStatus::camera))
            .toList();
    storages =
        stores.stream()
            .map(FootageStore::status)
            .sorted(Comparator.comparing(StoreStatus::id))
            .toList();
    gaps = new GapTally(ledgers, now.minus(DAY), now);
    this.problems = problems;
    this.replicas = replicas;
    this.now = now;
  }

  void json(JsonWriter json) {
    json.object().name("cameras").array();
    cameras.forEach(camera -> json(json, camera));
    json.endArray().name("storages").array();
    storages.forEach(storage -> json(json, storage));
    json.endArray().name("replicas");
    replicas.json(json);
    json.name("problems").array();
    problems.forEach(problem -> json(json, problem));
    json.endArray().endObject().finish();
  }

  private void json(JsonWriter json, RecorderStatus camera) {
    json.object().name("id").value(camera.camera());
    json.name("state").value(camera.state().word());
    json.name("reason").unlessEmpty(camera.reason());
    json.name("since").value(camera.since());
    json.name("bitsPerSecond").value(camera.bitsPerSecond());
    json.name("framesPerSecond").value(camera.framesPerSecond());
    json.name("lastDurable").instant(camera.lastDurable());
    json.name("notes").array();
    camera.notes().forEach(json::value);
    json.endArray().name("gaps24h");
    Optional<GapTally.Sum> missing = gaps.of(camera.camera());
    if (missing.isPresent()) {
      json.object().name("count").value(missing.get().count());
      json.name("seconds").value(missing.get().total()).endObject();
    } else {
      json.value((String) null);
    }
    json.name("replicas");
    replicas.json(json, camera.camera());
    json.endObject();
  }

  private static void json(JsonWriter json, StoreStatus storage) {
    json.object().name("id").value(storage.id());
    json.name("kind").value(storage.kind());
    json.name("state").value(storage.state().word());
    json.name("usedBytes").number(storage.usedBytes());
    json.name("freeBytes").number(storage.freeBytes());
    json.name("lastError").unlessEmpty(storage.lastError()).endObject();
  }

  private static void json(JsonWriter json, FileProblem problem) {
    json.object().name("file").value(problem.file());
    json.name("message").value(problem.message()).endObject();
  }

  void print(PrintStream out) {
    if (cameras.isEmpty()) {
      out.println("No camera is configured. Write etc/istream.camera-ID.cfg with the line");
      out.println("  rtsp.url = rtsp://ADDRESS/PATH");
      out.println("and it is recorded within 3 s.");
    }
    printCameras(out);
    cameras.forEach(camera -> explain(out, camera));
    out.println();
    printStorages(out);
    storages.stream()
        .filter(storage -> !storage.lastError().isEmpty())
        .forEach(storage -> note(out, storage.id(), storage.lastError()));
    if (!replicas.isEmpty()) {
      out.println();
      replicas.print(out);
    }
    replicas.notes().forEach((id, note) -> note(out, id, note));
    gaps.problems().forEach(problem -> note(out, "gaps", problem));
    problems.forEach(problem -> note(out, problem.file(), problem.message()));
  }

  private void printCameras(PrintStream out) {
    try (Table table =
        new Table(
            out,
            Column.left("CAMERA"),
            Column.left("STATE"),
            Column.right("SINCE"),
            Column.right("BIT RATE"),
            Column.right("FPS"),
            Column.right("DURABLE"),
            Column.right("GAPS 24 H"),
            Column.right(replicas.isEmpty() ? "" : "AT RISK"))) {
      for (RecorderStatus camera : cameras) {
        boolean flows = camera.state() == RecorderState.RECORDING;
        table.row(
            camera.camera(),
            camera.state().word(),
            Figures.duration(Duration.between(camera.since(), now)),
            flows ? Figures.rate(camera.bitsPerSecond()) : "-",
            flows ? Figures.decimal(camera.framesPerSecond()) : "-",
            Figures.ago(camera.lastDurable(), now),
            gaps.of(camera.camera()).map(StatusReport::missing).orElse(Figures.UNKNOWN),
            replicas.isEmpty() ? "" : replicas.atRisk(camera.camera()));
      }
    }
  }

  private static String missing(GapTally.Sum sum) {
    return sum.count() == 0 ? "none" : sum.count() + ": " + Figures.duration(sum.total());
  }

  private static void explain(PrintStream out, RecorderStatus camera) {
    if (!camera.reason().isEmpty()) {
      note(out, camera.camera(), camera.reason());
    }
    camera.notes().forEach(text -> note(out, camera.camera(), text));
  }

  private static void note(PrintStream out, String id, String text) {
    String named = text.startsWith(id + ":") ? text : id + ": " + text;
    out.println(Figures.plain(named));
  }

  private void printStorages(PrintStream out) {
    if (storages.isEmpty()) {
      out.println("No storage is active: see the log, and etc/istream.storage.local-archive.cfg");
    }
    try (Table table =
        new Table(
            out,
            Column.left("STORAGE"),
            Column.left("KIND"),
            Column.left("STATE"),
            Column.right("USED"),
            Column.right("FREE"))) {
      for (StoreStatus storage : storages) {
        table.row(
            storage.id(),
            storage.kind(),
            storage.state().word(),
            Figures.bytes(storage.usedBytes()),
            Figures.bytes(storage.freeBytes()));
      }
    }
  }
}
