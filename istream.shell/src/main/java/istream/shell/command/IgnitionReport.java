// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Says which cameras have a file now and are on, and which are not and why. */
final class IgnitionReport {
  private final CameraCensus census;
  private final Ignition.Result result;
  private final List<CameraSwitch.Outcome> outcomes;

  IgnitionReport(CameraCensus census, Ignition.Result result, List<CameraSwitch.Outcome> outcomes) {
    this.census = census;
    this.result = result;
    this.outcomes = outcomes;
  }

  void json(JsonWriter json) {
    json.object().name("cameras").array();
    for (CameraSwitch.Outcome outcome : outcomes) {
      json.object();
      SwitchReport.members(json, outcome, true);
      json.name("written").value(result.written().containsKey(outcome.id())).endObject();
    }
    json.endArray().name("refused").array();
    for (FoundCamera camera : result.refused()) {
      json.object();
      CensusDocument.members(json, camera);
      json.endObject();
    }
    json.endArray().name("remarks").array();
    census.remarks().forEach(json::value);
    json.endArray().endObject().finish();
  }

  void print(PrintStream out, boolean login) {
    try (Table table =
        new Table(out, Column.left("CAMERA"), Column.left("DONE"), Column.left("STATE"))) {
      for (CameraSwitch.Outcome outcome : outcomes) {
        table.row(outcome.id(), done(outcome), state(outcome));
      }
    }
    if (!result.refused().isEmpty()) {
      printRefused(out, login);
    }
    CensusReport.remarks(out, census.remarks());
    if (isNothing()) {
      NextSteps.printNothingFound(out);
    }
    out.flush();
  }

  private String done(CameraSwitch.Outcome outcome) {
    FoundCamera camera = result.written().get(outcome.id());
    if (camera == null) {
      return outcome.changed() ? "switched on" : "was on";
    }
    String make = CensusReport.make(camera);
    String address = camera.routes().get(0).address();
    return "new file, " + (make.isEmpty() ? "" : make + ", ") + address;
  }

  private static String state(CameraSwitch.Outcome outcome) {
    return outcome.taken() ? SwitchReport.state(outcome) : "not taken up by its recorder yet";
  }

  private void printRefused(PrintStream out, boolean login) {
    out.println();
    out.println("Not recorded, and no file was written:");
    for (FoundCamera camera : result.refused()) {
      out.println(Figures.plain("  " + who(camera) + ": " + AnswerWords.problem(camera)));
    }
    if (result.refused().stream().anyMatch(it -> wantsLogin(it.answer()))) {
      out.println(
          "Next: istream ignite --user USER --password"
              + (login ? ", with a login that they take" : ""));
    }
  }

  private static boolean wantsLogin(Answer answer) {
    return answer == Answer.NEEDS_LOGIN || answer == Answer.REFUSES_LOGIN;
  }

  private static String who(FoundCamera camera) {
    return CensusReport.name(camera) + ", " + camera.routes().get(0).address();
  }

  private boolean isNothing() {
    return outcomes.isEmpty() && census.cameras().isEmpty();
  }

  /**
   * Tells a failure from success.
   *
   * @throws CommandFailure naming the cameras that are not recorded
   */
  void requireAll() throws CommandFailure {
    if (isNothing()) {
      throw new CommandFailure("no camera was found, and none is configured");
    }
    if (!result.refused().isEmpty()) {
      throw new CommandFailure(
          Figures.plain(
              "not recorded: "
                  + result.refused().stream()
                      .map(camera -> who(camera) + " (" + AnswerWords.word(camera.answer()) + ")")
                      .collect(Collectors.joining("; "))));
    }
    new SwitchReport(outcomes, true).requireTaken();
  }
}
