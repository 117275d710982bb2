// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageStore;
import istream.api.footage.SegmentQuery;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;

/** {@code istream:segments}. Fails when a storage cannot be read, after what the others have. */
@Service
@Command(scope = "istream", name = "segments", description = "Lists the footage there is")
public final class SegmentsCommand implements Action {
  @Option(name = "--camera", description = "Only this camera's")
  @Completion(CameraCompleter.class)
  private String camera;

  @Option(name = "--storage", description = "Only what lies on this storage")
  @Completion(StorageCompleter.class)
  private String storage;

  @Option(name = "--from", description = TimeArgument.FORMS + "; " + QueryArguments.DEFAULT_FROM)
  private String from;

  @Option(name = "--to", description = "As --from; default: no end")
  private String to;

  @Option(name = "--limit", description = "At most so many, the oldest of that time")
  private long limit = Long.MAX_VALUE;

  @Option(name = "--files", description = "Print only where the files are, one a line")
  private boolean files;

  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;

  @Override
  public Object execute() throws CommandException, CommandFailure {
    SegmentQuery query =
        new QueryArguments(Clock.system(ZoneId.systemDefault())).query(camera, from, to, json);
    if (limit < 1) {
      throw new CommandException("--limit " + limit + " is too small; at least 1");
    }
    try (ServiceView services = new ServiceView(context);
        SegmentListing segments = new SegmentListing(stores(services), query)) {
      SegmentReport report = new SegmentReport(segments, limit);
      if (json) {
        report.json(new JsonWriter(System.out));
      } else if (files) {
        report.files(System.out);
      } else {
        report.print(System.out);
      }
      segments.requireComplete();
    }
    return null;
  }

  private List<FootageStore> stores(ServiceView services) throws CommandException, CommandFailure {
    List<FootageStore> all = services.all(FootageStore.class);
    if (storage == null) {
      return all;
    }
    QueryArguments.requireId("--storage", storage);
    List<FootageStore> chosen =
        all.stream().filter(store -> store.status().id().equals(storage)).toList();
    if (chosen.isEmpty()) {
      String known =
          all.stream().map(store -> store.status().id()).sorted().collect(Collectors.joining(", "));
      throw new CommandFailure(
          "no storage \"" + storage + "\"; there is " + (known.isEmpty() ? "none" : known));
    }
    return chosen;
  }
}
