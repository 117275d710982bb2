// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.recording.CameraRecorder;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes the ids of cameras: of those that run, and of those that have a file. */
@Service
public final class CameraCompleter implements Completer {
  private static final Logger LOG = LoggerFactory.getLogger(CameraCompleter.class);

  @Reference private BundleContext context;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    SortedSet<String> ids = new TreeSet<>();
    try {
      ids.addAll(CameraFiles.of(context).ids());
    } catch (CommandFailure e) {
      // a half-typed line is no place for an error: the command itself will tell
      LOG.debug("Completing without camera files", e);
    }
    try (ServiceView services = new ServiceView(context)) {
      services.all(CameraRecorder.class).forEach(recorder -> ids.add(recorder.id()));
    }
    return new StringsCompleter(ids).complete(session, line, candidates);
  }
}
