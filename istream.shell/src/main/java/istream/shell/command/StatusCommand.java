// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import istream.api.recording.CameraRecorder;
import istream.api.replication.ReplicaStore;
import istream.api.replication.Replication;
import istream.api.retention.RetentionPolicy;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.BundleContext;

/** {@code istream:status}. Succeeds also when a camera is down: that is a fact, not a failure. */
@Service
@Command(
    scope = "istream",
    name = "status",
    description =
        "Shows how cameras, storages and replicas are, and what is missing of the last 24 h")
public final class StatusCommand implements Action {
  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;

  @Override
  public Object execute() {
    Path etc = Path.of(context.getProperty("karaf.etc"));
    try (ServiceView services = new ServiceView(context)) {
      StatusReport report =
          new StatusReport(
              services.all(CameraRecorder.class),
              services.all(FootageStore.class),
              services.all(GapLedger.class),
              FileProblem.all(etc, services.all(RetentionPolicy.class)),
              new ReplicaReport(services.all(Replication.class), services.all(ReplicaStore.class)),
              Instant.now());
      if (json) {
        report.json(new JsonWriter(System.out));
      } else {
        report.print(System.out);
      }
    }
    return null;
  }
}
