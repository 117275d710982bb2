// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.CameraException;
import istream.api.camera.CameraFinder;
import istream.api.camera.CameraSearch;
import istream.api.camera.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/** What {@code discover} and {@code ignite} have in common: the options of a search. */
abstract class CameraSearching implements Action {
  private static final int MOST_SECONDS = 120;

  /** What a shell that knows no option without value takes for the password. */
  private static final Pattern OPTION = Pattern.compile("--(?:nic|timeout|user|json|host)(?:=.*)?");

  @Option(
      name = "--nic",
      description = "Look on this network interface only; may be given several times",
      multiValued = true)
  private List<String> nics;

  @Option(
      name = "--timeout",
      description = "How many seconds to listen, 1 to 120",
      valueToShowInHelp = "timeout.seconds in etc/istream.onvif.cfg, else 4")
  private String timeout;

  @Option(name = "--user", description = "Who to log in as, at every camera that is asked")
  private String user;

  @Option(
      name = "--password",
      description =
          "Asks for the password on the terminal (as the last word of a line of the shell:"
              + " --password=); with the value - reads it from standard input; with any other value"
              + " takes that (others may see it)",
      censor = true)
  private String password;

  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;
  @Reference private Session session;

  /** Takes the options from among the words. */
  final LateOptions options() {
    nics = new ArrayList<>(nics == null ? List.of() : nics);
    return new LateOptions()
        .value("--nic", nics::add)
        .value("--timeout", value -> timeout = value)
        .value("--user", value -> user = value)
        .value("--password", value -> password = value, PasswordSource.ASK)
        .flag("--json", () -> json = true);
  }

  /** The word that stands where a password would; empty if there is none. */
  final String claimed() {
    return password == null ? "" : password;
  }

  /** Takes that word for something else. */
  final void askForPassword() {
    password = PasswordSource.ASK;
  }

  /** Whether the search is to be another than usual. */
  final boolean isNarrowed() {
    return !nics.isEmpty() || timeout != null;
  }

  final BundleContext context() {
    return context;
  }

  final boolean json() {
    return json;
  }

  /** The login that was given; asks for the password if need be. */
  final Credentials login() throws CommandException, CommandFailure {
    String who = user == null ? "" : user;
    if (password != null && who.isEmpty()) {
      throw new CommandException("--password needs --user");
    }
    if (OPTION.matcher(claimed()).matches()) {
      throw new CommandException("--password lacks its value: write --password= to be asked");
    }
    return new Credentials(who, new PasswordSource(session, System.err).password(password, who));
  }

  /** Looks for cameras, and says on standard error what it sees. */
  final CameraCensus find(Credentials login, List<String> hosts)
      throws CommandException, CommandFailure {
    CameraSearch search = new CameraSearch(nics, time(), login, hosts);
    try (ServiceView services = new ServiceView(context)) {
      CameraFinder finder =
          services.all(CameraFinder.class).stream()
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "nothing is active that could look for cameras; see the bundle"
                              + " istream.onvif in bundle:list"));
      return finder.find(search, line -> System.err.println(Figures.plain(line)));
    } catch (CameraException e) {
      throw new CommandFailure(Figures.plain(e.getMessage()), e);
    }
  }

  /** Refuses a bad time before anybody is asked for a password. */
  final void requireTime() throws CommandException {
    time();
  }

  private Optional<Duration> time() throws CommandException {
    if (timeout == null) {
      return Optional.empty();
    }
    int seconds = timeout.matches("[0-9]{1,3}") ? Integer.parseInt(timeout) : 0;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new CommandException(
          "--timeout is a whole number of seconds from 1 to " + MOST_SECONDS);
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
