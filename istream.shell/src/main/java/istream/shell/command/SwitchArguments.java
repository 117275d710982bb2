// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/** What {@code ignite} and {@code extinguish} were given. */
final class SwitchArguments {
  private final List<String> ids;
  private final boolean json;

  /**
   * Reads the arguments.
   *
   * @param words ids, and options after them; null for none
   * @param json whether the option stood before them
   * @throws CommandException if there is an option that the commands do not have, or a bad id
   */
  SwitchArguments(List<String> words, boolean json) throws CommandException {
    AtomicBoolean late = new AtomicBoolean(json);
    ids =
        new LateOptions()
                .flag("--json", () -> late.set(true))
                .arguments(words == null ? List.of() : words)
                .stream()
                .distinct()
                .toList();
    for (String id : ids) {
      QueryArguments.requireId("camera", id);
    }
    this.json = late.get();
  }

  List<String> ids() {
    return ids;
  }

  /**
   * Switches the cameras of this instance and prints what became of them.
   *
   * @throws CommandFailure if one could not be switched, or its recorder has not taken that up
   */
  void turn(BundleContext context, boolean on, PrintStream out) throws CommandFailure {
    turn(CameraSwitch.of(context), on, out);
  }

  void turn(CameraSwitch cameras, boolean on, PrintStream out) throws CommandFailure {
    SwitchReport report = new SwitchReport(cameras.turn(ids, on), on);
    if (json) {
      report.json(new JsonWriter(out));
    } else {
      report.print(out);
    }
    report.requireTaken();
  }
}
