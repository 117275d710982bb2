// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.Segment;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Iterator;

/** Prints segments as they come, at most so many. */
final class SegmentReport {
  private final Iterator<Segment> segments;
  private final long limit;

  SegmentReport(Iterator<Segment> segments, long limit) {
    this.segments = segments;
    this.limit = limit;
  }

  void json(JsonWriter json) {
    json.object().name("segments").array();
    for (long n = 0; n < limit && segments.hasNext(); n++) {
      SegmentListing.json(json, segments.next());
    }
    json.endArray().endObject().finish();
  }

  /** Only where the files are, one a line. */
  void files(PrintStream out) {
    for (long n = 0; n < limit && segments.hasNext(); n++) {
      out.println(Figures.plain(segments.next().file()));
    }
    out.flush();
  }

  void print(PrintStream out) {
    long count = 0;
    long bytes = 0;
    Duration length = Duration.ZERO;
    try (Table table =
        new Table(
            out,
            Column.left("CAMERA"),
            Column.left("START (UTC)"),
            Column.right("LENGTH"),
            Column.right("SIZE"),
            Column.left("STORAGE"),
            Column.left(""))) {
      for (; count < limit && segments.hasNext(); count++) {
        Segment segment = segments.next();
        bytes += segment.bytes();
        length = length.plus(segment.duration());
        table.row(
            segment.key().camera(),
            Figures.stamp(segment.key().start()),
            Figures.duration(segment.duration()),
            Figures.bytes(segment.bytes()),
            segment.storage(),
            segment.open() ? "recording" : "");
      }
    }
    if (count == 0) {
      out.println("No footage in that time.");
      return;
    }
    String more = segments.hasNext() ? "; there is more (--limit)" : "";
    out.printf(
        "%s, %s, %s%s%n",
        Figures.count(count, "segment"), Figures.duration(length), Figures.bytes(bytes), more);
  }
}
