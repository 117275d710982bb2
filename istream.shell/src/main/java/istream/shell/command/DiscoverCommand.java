// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.Credentials;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code istream:discover}: looks for cameras and changes nothing. */
@Service
@Command(
    scope = "istream",
    name = "discover",
    description =
        "Looks for cameras on every usable network interface, or asks the given hosts. With a login,"
            + " shows what they can stream")
@Parsing(PasswordParser.class)
public final class DiscoverCommand extends CameraSearching {
  @Argument(
      index = 0,
      name = "HOST",
      description =
          "Asks these and nobody else: an address, a name, either with :PORT, or the URL of a device"
              + " service",
      multiValued = true)
  private List<String> words;

  @Override
  public Object execute() throws CommandException, CommandFailure {
    List<String> hosts = new ArrayList<>(options().arguments(words == null ? List.of() : words));
    if (HostArgument.looksLikeHost(claimed())) {
      // "--password HOST": the shell took the host for the value that was left out
      hosts.add(0, claimed());
      askForPassword();
    }
    for (String host : hosts) {
      HostArgument.require(host);
    }
    requireTime();
    Credentials login = login();
    CameraCensus census = find(login, hosts);
    KnownCameras known = new KnownCameras(CameraFiles.of(context()).cameras(), census.cameras());
    if (json()) {
      new CensusDocument(census, known).write(new JsonWriter(System.out));
    } else {
      new CensusReport(census, known).print(System.out);
      new NextSteps(census, known, login.present()).print(System.out);
    }
    return null;
  }
}
