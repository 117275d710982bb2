// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.recording.ProbeReport;
import istream.api.recording.ProbeReport.Track;
import istream.shell.command.Table.Column;
import java.io.PrintStream;

/** Prints what is in a stream. */
final class ProbeOutput {
  private final ProbeReport report;

  ProbeOutput(ProbeReport report) {
    this.report = report;
  }

  void json(JsonWriter json, String url) {
    json.object().name("url").value(url);
    json.name("server").unlessEmpty(report.server());
    json.name("tracks").array();
    for (Track track : report.tracks()) {
      json.object().name("kind").value(track.kind());
      json.name("codec").value(track.codec());
      json.name("format").unlessEmpty(track.format());
      json.name("recorded").value(track.recorded());
      json.name("frames").value(track.frames());
      json.name("framesPerSecond").value(known(track.framesPerSecond()));
      json.name("bitsPerSecond").value(track.bitsPerSecond());
      json.name("keyFrameSeconds").value(known(track.keyFrameSeconds()));
      json.name("packetsLost").value(track.packetsLost());
      json.name("note").unlessEmpty(track.note()).endObject();
    }
    json.endArray().endObject().finish();
  }

  /** What was not seen is 0 in a report, and not a number here. */
  private static double known(double measured) {
    return measured > 0 ? measured : Double.NaN;
  }

  void print(PrintStream out) {
    if (!report.server().isEmpty()) {
      out.println("Server: " + Figures.plain(report.server()));
    }
    if (report.tracks().isEmpty()) {
      out.println("The stream offers no track.");
    }
    try (Table table =
        new Table(
            out,
            Column.left("TRACK"),
            Column.left("CODEC"),
            Column.left("FORMAT"),
            Column.right("FPS"),
            Column.right("BIT RATE"),
            Column.right("KEY FRAME"),
            Column.right("LOST"),
            Column.left("RECORDED"))) {
      for (Track track : report.tracks()) {
        table.row(
            track.kind(),
            track.codec(),
            track.format(),
            Figures.decimal(known(track.framesPerSecond())),
            Figures.rate(track.bitsPerSecond()),
            track.keyFrameSeconds() > 0 ? Figures.decimal(track.keyFrameSeconds()) + " s" : "-",
            Long.toString(track.packetsLost()),
            track.recorded() ? "yes" : "no");
      }
    }
    for (Track track : report.tracks()) {
      if (!track.note().isEmpty()) {
        out.println(Figures.plain(track.kind() + ": " + track.note()));
      }
    }
    out.flush();
  }
}
