// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.recording.RecorderStatus;
import java.io.PrintStream;
import java.util.List;

/** Says what became of cameras that were switched on or off. */
final class SwitchReport {
  private final List<CameraSwitch.Outcome> outcomes;
  private final boolean on;

  SwitchReport(List<CameraSwitch.Outcome> outcomes, boolean on) {
    this.outcomes = outcomes;
    this.on = on;
  }

  void json(JsonWriter json) {
    json.object().name("cameras").array();
    for (CameraSwitch.Outcome outcome : outcomes) {
      json.object();
      members(json, outcome, on);
      json.endObject();
    }
    json.endArray().endObject().finish();
  }

  static void members(JsonWriter json, CameraSwitch.Outcome outcome, boolean on) {
    json.name("id").value(outcome.id());
    json.name("enabled").value(on);
    json.name("changed").value(outcome.changed());
    json.name("taken").value(outcome.taken());
    json.name("state").value(outcome.status().map(s -> s.state().word()).orElse(null));
    json.name("reason").unlessEmpty(outcome.status().map(RecorderStatus::reason).orElse(""));
  }

  void print(PrintStream out) {
    for (CameraSwitch.Outcome outcome : outcomes) {
      String verb = outcome.changed() ? "switched " : "was ";
      out.println(outcome.id() + ": " + verb + (on ? "on" : "off") + ", " + state(outcome));
    }
    out.flush();
  }

  /**
   * Tells a failure from success.
   *
   * @throws CommandFailure naming the cameras whose files say one thing and whose recorders another
   */
  void requireTaken() throws CommandFailure {
    List<String> late =
        outcomes.stream().filter(it -> !it.taken()).map(CameraSwitch.Outcome::id).toList();
    if (!late.isEmpty()) {
      throw new CommandFailure(
          "not taken up in time by the recorder of "
              + String.join(", ", late)
              + "; see istream:status and the log");
    }
  }

  static String state(CameraSwitch.Outcome outcome) {
    if (!outcome.taken()) {
      return "but its recorder has not taken that up yet";
    }
    return outcome.status().map(SwitchReport::state).orElse(Figures.UNKNOWN);
  }

  private static String state(RecorderStatus status) {
    String reason = status.reason().isEmpty() ? "" : " (" + Figures.plain(status.reason()) + ")";
    return status.state().word() + reason;
  }
}
