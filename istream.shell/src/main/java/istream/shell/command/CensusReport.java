// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Route;
import istream.api.camera.StreamProfile;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cameras that were found, for a person. */
final class CensusReport {
  private static final String INDENT = "    ";
  private static final String NOTHING = "-";

  private final CameraCensus census;
  private final KnownCameras known;

  CensusReport(CameraCensus census, KnownCameras known) {
    this.census = census;
    this.known = known;
  }

  void print(PrintStream out) {
    try (Table table =
        new Table(
            out,
            Column.left("NAME"),
            Column.left("ADDRESS"),
            Column.left("INTERFACE"),
            Column.left("MAKE AND MODEL"),
            Column.left("KNOWN AS"),
            Column.left("STATE"))) {
      census.cameras().forEach(camera -> add(table, camera));
    }
    remarks(out, census.remarks());
  }

  /** What stood in the way of the search. */
  static void remarks(PrintStream out, List<String> remarks) {
    if (!remarks.isEmpty()) {
      out.println();
      remarks.forEach(remark -> out.println(Figures.plain(remark)));
    }
  }

  private void add(Table table, FoundCamera camera) {
    Route best = camera.routes().get(0);
    table.row(
        name(camera),
        best.address(),
        orNothing(best.networkInterface()),
        orNothing(make(camera)),
        known.id(camera).orElse(NOTHING),
        AnswerWords.word(camera.answer()));
    for (Route route : camera.routes().subList(1, camera.routes().size())) {
      String by = route.networkInterface().isEmpty() ? "" : " by " + route.networkInterface();
      table.note(INDENT + "also seen at " + route.address() + by);
    }
    streams(camera.profiles()).forEach(line -> table.note(INDENT + line));
    String problem = AnswerWords.problem(camera);
    if (!problem.isEmpty()) {
      table.note(INDENT + problem);
    }
  }

  /** What it calls itself, as short as a table needs it. */
  static String name(FoundCamera camera) {
    return camera.name().isBlank() ? "(no name)" : shortened(camera.name(), 32);
  }

  /** Who made it, and what. */
  static String make(FoundCamera camera) {
    String maker = camera.make().manufacturer().strip();
    String model = camera.make().model().strip();
    // many put their own name before the model's
    String both = model.startsWith(maker) ? model : maker + " " + model;
    return shortened(both.strip(), 32);
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest - 1) + "\u2026" : text;
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? NOTHING : text;
  }

  private static List<String> streams(List<StreamProfile> profiles) {
    int tokens = width(profiles.stream().map(StreamProfile::token));
    int codecs = width(profiles.stream().map(profile -> orUnknown(profile.codec())));
    return profiles.stream()
        .map(
            profile ->
                padded(profile.token(), tokens)
                    + padded(orUnknown(profile.codec()), codecs)
                    + padded(size(profile), 9)
                    + (profile.uri().isEmpty() ? "no stream address" : profile.uri()))
        .toList();
  }

  private static String size(StreamProfile profile) {
    boolean isKnown = profile.width() > 0 && profile.height() > 0;
    return isKnown ? profile.width() + "x" + profile.height() : Figures.UNKNOWN;
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? Figures.UNKNOWN : text;
  }

  private static int width(Stream<String> texts) {
    return texts.collect(Collectors.summarizingInt(String::length)).getMax();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()) + 2);
  }
}
