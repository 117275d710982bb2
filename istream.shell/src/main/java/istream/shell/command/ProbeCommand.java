// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.Credentials;
import istream.api.recording.ProbeReport;
import istream.api.recording.RecordingException;
import istream.api.recording.StreamProbe;
import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/** {@code istream:probe}: opens a stream for some seconds and says what is in it. */
@Service
@Command(
    scope = "istream",
    name = "probe",
    description = "Opens a stream for some seconds, without recording, and says what is in it")
public final class ProbeCommand implements Action {
  private static final int MOST_SECONDS = 300;

  @Argument(
      index = 0,
      name = "URL",
      description = "Address of the stream, without a login: rtsp://HOST:PORT/PATH",
      multiValued = true)
  private List<String> words;

  @Option(name = "--user", description = "Who to log in as")
  private String user = "";

  @Option(
      name = "--password",
      description =
          "Asks for the password on the terminal; with the value - reads it from standard input;"
              + " with any other value takes that (others may see it)",
      censor = true)
  private String password;

  @Option(name = "--seconds", description = "How long to watch, 1 to 300")
  private String seconds = "5";

  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;
  @Reference private Session session;

  @Override
  public Object execute() throws CommandException, CommandFailure, RecordingException {
    String url = ProbeTarget.require(address());
    Duration time = time();
    if (password != null && user.isEmpty()) {
      throw new CommandException("--password needs --user");
    }
    String secret = new PasswordSource(session, System.err).password(password, user);
    try (ServiceView services = new ServiceView(context)) {
      StreamProbe probe =
          services.all(StreamProbe.class).stream()
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "no recorder is active that could open a stream; see bundle:list"));
      ProbeReport report = probe.probe(url, new Credentials(user, secret), time);
      if (json) {
        new ProbeOutput(report).json(new JsonWriter(System.out), url);
      } else {
        new ProbeOutput(report).print(System.out);
      }
    }
    return null;
  }

  private String address() throws CommandException {
    List<String> arguments =
        new LateOptions()
            .value("--user", value -> user = value)
            .value("--password", value -> password = value, PasswordSource.ASK)
            .value("--seconds", value -> seconds = value)
            .flag("--json", () -> json = true)
            .arguments(words == null ? List.of() : words);
    if (arguments.isEmpty() && password != null && ProbeTarget.looksLikeAddress(password)) {
      // "--password URL": the shell took the address for the value that was left out
      arguments = List.of(password);
      password = PasswordSource.ASK;
    }
    if (arguments.size() != 1) {
      throw new CommandException("give one address, such as rtsp://192.0.2.7/stream");
    }
    return arguments.get(0);
  }

  private Duration time() throws CommandException {
    if (seconds.matches("[0-9]{1,3}")) {
      int number = Integer.parseInt(seconds);
      if (number >= 1 && number <= MOST_SECONDS) {
        return Duration.ofSeconds(number);
      }
    }
    throw new CommandException("--seconds is a whole number from 1 to " + MOST_SECONDS);
  }
}
