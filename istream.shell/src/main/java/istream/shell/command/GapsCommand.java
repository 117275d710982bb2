// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapLedger;
import istream.api.footage.SegmentQuery;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/**
 * {@code istream:gaps}. Fails when a ledger cannot be read, after what the others know: that is not
 * "no gap".
 */
@Service
@Command(scope = "istream", name = "gaps", description = "Lists the footage there is not, and why")
public final class GapsCommand implements Action {
  @Option(name = "--camera", description = "Only this camera's")
  @Completion(CameraCompleter.class)
  private String camera;

  @Option(name = "--from", description = TimeArgument.FORMS + "; " + QueryArguments.DEFAULT_FROM)
  private String from;

  @Option(name = "--to", description = "As --from; default: no end")
  private String to;

  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;

  @Override
  public Object execute() throws CommandException, CommandFailure, FootageException {
    Clock clock = Clock.system(ZoneId.systemDefault());
    SegmentQuery query = new QueryArguments(clock).query(camera, from, to, json);
    List<FootageException> unread = new ArrayList<>();
    GapReport report = new GapReport(gaps(query, unread), clock.instant());
    if (json) {
      report.json(new JsonWriter(System.out));
    } else {
      report.print(System.out);
    }
    if (!unread.isEmpty()) {
      throw unread.get(0);
    }
    return null;
  }

  private List<Gap> gaps(SegmentQuery query, List<FootageException> unread) throws CommandFailure {
    List<Gap> gaps = new ArrayList<>();
    try (ServiceView services = new ServiceView(context)) {
      List<GapLedger> ledgers = services.all(GapLedger.class);
      if (ledgers.isEmpty()) {
        throw new CommandFailure(
            "no storage is active, so gaps are not known; see istream:status and the log");
      }
      for (GapLedger ledger : ledgers) {
        try {
          gaps.addAll(ledger.gaps(query));
        } catch (FootageException e) {
          unread.add(e);
        }
      }
    }
    gaps.sort(Comparator.comparing(Gap::from).thenComparing(Gap::camera));
    return gaps;
  }
}
