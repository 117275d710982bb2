// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.Credentials;
import istream.api.configuration.Identifier;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code istream:ignite}: starts recording cameras. Doing it twice changes nothing. */
@Service
@Command(
    scope = "istream",
    name = "ignite",
    description =
        "Starts recording. Without ids looks for cameras, writes etc/istream.camera-ID.cfg for each"
            + " that has none, and switches all on. With ids switches those on; with a login, too,"
            + " writes it into their files")
@Parsing(PasswordParser.class)
public final class IgniteCommand extends CameraSearching {
  @Argument(index = 0, name = "ID", description = "Ids of cameras", multiValued = true)
  @Completion(CameraCompleter.class)
  private List<String> words;

  @Option(
      name = "--host",
      description =
          "Ask this host instead of looking around: HOST, HOST:PORT or the URL of a device service;"
              + " may be given several times",
      multiValued = true)
  private List<String> hosts;

  @Override
  public Object execute() throws CommandException, CommandFailure {
    hosts = new ArrayList<>(hosts == null ? List.of() : hosts);
    CameraFiles files = CameraFiles.of(context());
    List<String> ids =
        new ArrayList<>(
            options().value("--host", hosts::add).arguments(words == null ? List.of() : words));
    if (files.ids().contains(claimed())) {
      // "--password ID": the shell took the id for the value that was left out
      ids.add(0, claimed());
      askForPassword();
    }
    if (ids.isEmpty()) {
      lightAll(files);
    } else {
      light(files, ids);
    }
    return null;
  }

  private void light(CameraFiles files, List<String> ids) throws CommandException, CommandFailure {
    if (isNarrowed() || !hosts.isEmpty()) {
      throw new CommandException("--nic, --timeout and --host look for cameras: leave the ids out");
    }
    SwitchArguments arguments = new SwitchArguments(ids, json());
    files.requireKnown(arguments.ids());
    Credentials login = login();
    if (login.present()) {
      for (String id : arguments.ids()) {
        System.err.println(id + (files.login(id, login) ? ": login written" : ": same login"));
      }
    }
    arguments.turn(context(), true, System.out);
  }

  private void lightAll(CameraFiles files) throws CommandException, CommandFailure {
    for (String host : hosts) {
      HostArgument.require(host);
    }
    requireTime();
    Credentials login = login();
    LoginLines.require(login);
    CameraCensus census = find(login, hosts);
    Ignition.Result result =
        new Ignition(files, login, LocalDate.now(Clock.systemUTC())).light(census);
    List<String> ids = files.ids().stream().filter(Identifier::isValid).toList();
    List<CameraSwitch.Outcome> outcomes = CameraSwitch.of(context()).turn(ids, true);
    IgnitionReport report = new IgnitionReport(census, result, outcomes);
    if (json()) {
      report.json(new JsonWriter(System.out));
    } else {
      report.print(System.out, login.present());
    }
    report.requireAll();
  }
}
