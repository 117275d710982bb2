// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.replication.ReplicaStore;
import istream.api.replication.Replication;
import istream.api.replication.ReplicationStatus;
import istream.api.replication.ReplicationStatus.Progress;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the copies of footage are at one moment. What is not known is never a number. */
final class ReplicaReport {
  private final List<ReplicationStatus> replicas;
  private final Map<String, String> notes = new TreeMap<>();

  ReplicaReport(List<Replication> replications, List<ReplicaStore> stores) {
    replicas =
        replications.stream()
            .map(Replication::status)
            .sorted(Comparator.comparing(ReplicationStatus::storage))
            .toList();
    stores.forEach(
        store ->
            notes.put(
                store.id(),
                "nothing is copied to it: the bundle istream.storage.replicator is not active"));
    replicas.forEach(replica -> notes.put(replica.storage(), replica.problem()));
    notes.values().removeIf(String::isEmpty);
  }

  boolean isEmpty() {
    return replicas.isEmpty();
  }

  /** What is wrong, by replica. */
  Map<String, String> notes() {
    return notes;
  }

  /** The replicas of a camera's footage, as an array. */
  void json(JsonWriter json, String camera) {
    json.array();
    for (ReplicationStatus replica : replicas) {
      for (Progress progress : replica.cameras()) {
        if (progress.camera().equals(camera)) {
          json.object().name("storage").value(replica.storage());
          json.name("secondsAtRisk").duration(progress.atRisk());
          json.name("backlogBytes").value(progress.backlogBytes()).endObject();
        }
      }
    }
    json.endArray();
  }

  /** All replicas, as an array. */
  void json(JsonWriter json) {
    json.array();
    for (ReplicationStatus replica : replicas) {
      json.object().name("storage").value(replica.storage());
      json.name("source").unlessEmpty(replica.source());
      json.name("connected").value(replica.connected());
      json.name("problem").unlessEmpty(replica.problem()).endObject();
    }
    json.endArray();
  }

  /** How much of a camera's footage is at risk on its worst replica. */
  String atRisk(String camera) {
    List<Progress> copies = new ArrayList<>();
    for (ReplicationStatus replica : replicas) {
      replica.cameras().stream().filter(p -> p.camera().equals(camera)).forEach(copies::add);
    }
    return worst(copies);
  }

  private static String worst(List<Progress> copies) {
    if (copies.isEmpty()) {
      return "-";
    }
    boolean known = copies.stream().allMatch(progress -> progress.atRisk().isPresent());
    Optional<Duration> longest =
        copies.stream().flatMap(p -> p.atRisk().stream()).max(Comparator.naturalOrder());
    return known ? longest.map(Figures::duration).orElse(Figures.UNKNOWN) : Figures.UNKNOWN;
  }

  void print(PrintStream out) {
    try (Table table =
        new Table(
            out,
            Column.left("REPLICA"),
            Column.left("OF"),
            Column.left("STATE"),
            Column.right("AT RISK"),
            Column.right("BACKLOG"))) {
      for (ReplicationStatus replica : replicas) {
        table.row(
            replica.storage(),
            replica.source().isEmpty() ? Figures.UNKNOWN : replica.source(),
            replica.connected() ? "connected" : "not connected",
            worst(replica.cameras()),
            backlog(replica));
      }
    }
  }

  private static String backlog(ReplicationStatus replica) {
    long bytes = replica.cameras().stream().mapToLong(Progress::backlogBytes).sum();
    boolean counted = replica.cameras().stream().allMatch(Progress::counted);
    return counted ? Figures.bytes(bytes) : "over " + Figures.bytes(bytes);
  }
}
