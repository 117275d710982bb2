// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.replication.HostTrust;
import istream.api.replication.ReplicaException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/**
 * {@code istream:trust}: makes server and istream known to each other. Repeating it is harmless.
 */
@Service
@Command(
    scope = "istream",
    name = "trust",
    description =
        "Shows the key of a storage's server, and records it as the right one once you confirm it."
            + " Shows the line by which the server knows istream")
public final class TrustCommand implements Action {
  @Argument(index = 0, name = "STORAGE", description = "Id of the storage", multiValued = true)
  @Completion(StorageCompleter.class)
  private List<String> words;

  @Option(name = "--yes", description = "Record the key that is shown without asking")
  private boolean yes;

  @Option(name = "--json", description = "Print one JSON document; asks nothing")
  private boolean json;

  @Reference private BundleContext context;
  @Reference private Session session;

  @Override
  public Object execute() throws CommandException, CommandFailure {
    List<String> ids =
        new LateOptions()
            .flag("--yes", () -> yes = true)
            .flag("--json", () -> json = true)
            .arguments(words == null ? List.of() : words);
    try (ServiceView services = new ServiceView(context)) {
      HostTrust trust = find(services.all(HostTrust.class), ids);
      TrustDialogue dialogue = new TrustDialogue(trust, session, System.err);
      if (json) {
        dialogue.json(new JsonWriter(System.out), yes);
      } else {
        dialogue.hold(System.out, yes);
      }
    } catch (ReplicaException e) {
      throw new CommandFailure(Figures.plain(e.getMessage()), e);
    }
    return null;
  }

  private static HostTrust find(List<HostTrust> all, List<String> ids)
      throws CommandException, CommandFailure {
    String known = all.stream().map(HostTrust::id).sorted().collect(Collectors.joining(", "));
    String choice =
        known.isEmpty()
            ? "none has a server; write etc/istream.storage.sftp-ID.cfg"
            : "those with a server: " + known;
    if (ids.size() != 1) {
      throw new CommandException("name one storage, as in istream:trust ID; " + choice);
    }
    String id = ids.get(0);
    QueryArguments.requireId("storage", id);
    return all.stream()
        .filter(trust -> trust.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new CommandFailure("there is no storage " + id + " with a server; " + choice));
  }
}
