// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.Gap;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Prints gaps, in all or on a replica. One that lasts ends now, and says that it is open. */
final class GapReport {
  private final List<Gap> gaps;
  private final Instant now;

  GapReport(List<Gap> gaps, Instant now) {
    this.gaps = gaps;
    this.now = now;
  }

  void json(JsonWriter json) {
    json.object().name("gaps").array();
    for (Gap gap : gaps) {
      json.object().name("camera").value(gap.camera());
      if (!gap.storage().isEmpty()) {
        json.name("storage").value(gap.storage());
      }
      json.name("from").value(gap.from());
      json.name("to").value(gap.to().orElse(now));
      json.name("open").value(gap.to().isEmpty());
      json.name("cause").value(gap.cause().word());
      json.name("detail").value(gap.detail()).endObject();
    }
    json.endArray().endObject().finish();
  }

  void print(PrintStream out) {
    if (gaps.isEmpty()) {
      out.println("No gap in that time.");
      return;
    }
    try (Table table =
        new Table(
            out,
            Column.left("CAMERA"),
            Column.left("FROM (UTC)"),
            Column.right("LENGTH"),
            Column.left("CAUSE"),
            Column.left("DETAIL"))) {
      for (Gap gap : gaps) {
        Duration length = Duration.between(gap.from(), gap.to().orElse(now));
        String lasts = gap.to().isEmpty() ? "lasts; " : "";
        String where = gap.storage().isEmpty() ? "" : "not on " + gap.storage() + ": ";
        table.row(
            gap.camera(),
            Figures.stamp(gap.from()),
            Figures.duration(length),
            gap.cause().word(),
            where + lasts + gap.detail());
      }
    }
    List<Gap> nowhere = gaps.stream().filter(gap -> gap.storage().isEmpty()).toList();
    out.println(Figures.count(nowhere.size(), "gap") + ", " + total(nowhere) + " in all");
    if (nowhere.size() < gaps.size()) {
      List<Gap> copies = gaps.stream().filter(gap -> !gap.storage().isEmpty()).toList();
      out.println("recorded, but not on a replica: " + total(copies));
    }
  }

  private String total(List<Gap> some) {
    return Figures.duration(
        some.stream()
            .map(gap -> Duration.between(gap.from(), gap.to().orElse(now)))
            .reduce(Duration.ZERO, Duration::plus));
  }
}
