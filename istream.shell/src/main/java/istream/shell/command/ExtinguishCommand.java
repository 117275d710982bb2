// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/** {@code istream:extinguish}: switches cameras off. Doing it twice changes nothing. */
@Service
@Command(
    scope = "istream",
    name = "extinguish",
    description =
        "Stops recording these cameras: writes enabled = false into their files, and keeps them")
public final class ExtinguishCommand implements Action {
  @Argument(index = 0, name = "ID", description = "Ids of cameras", multiValued = true)
  @Completion(CameraCompleter.class)
  private List<String> words;

  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;

  @Override
  public Object execute() throws CommandException, CommandFailure {
    SwitchArguments arguments = new SwitchArguments(words, json);
    if (arguments.ids().isEmpty()) {
      throw new CommandException("name the cameras to stop, such as istream:extinguish front");
    }
    arguments.turn(context, false, System.out);
    return null;
  }
}
