// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageStore;
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

/** Completes the ids of storages that are active. */
@Service
public final class StorageCompleter implements Completer {
  @Reference private BundleContext context;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    SortedSet<String> ids = new TreeSet<>();
    try (ServiceView services = new ServiceView(context)) {
      services.all(FootageStore.class).forEach(store -> ids.add(store.status().id()));
    }
    return new StringsCompleter(ids).complete(session, line, candidates);
  }
}
