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

/** {@code istream:ignite}: switches cameras on. Doing it twice changes nothing. */
@Service
@Command(
    scope = "istream",
    name = "ignite",
    description = "Starts recording these cameras: writes enabled = true into their files")
public final class IgniteCommand implements Action {
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
      throw new CommandFailure(
          "discovery is not part of this version: name the cameras (istream:ignite front), or write"
              + " etc/istream.camera-ID.cfg with rtsp.url = rtsp://ADDRESS/PATH");
    }
    arguments.turn(context, true, System.out);
    return null;
  }
}
