// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageException;
import istream.api.retention.RetentionPlan;
import istream.api.retention.RetentionPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.BundleContext;

/** {@code istream:retention}: applies every policy now, or with {@code --plan} only shows it. */
@Service
@Command(
    scope = "istream",
    name = "retention",
    description =
        "Applies every policy now: DELETES what lies outside its budget, and shows what it kept and"
            + " deleted. With --plan it deletes nothing")
public final class RetentionCommand implements Action {
  @Option(name = "--plan", description = "Only show what would be deleted; delete nothing")
  private boolean planOnly;

  @Option(name = "--json", description = "Print one JSON document")
  private boolean json;

  @Reference private BundleContext context;

  @Override
  public Object execute() throws CommandFailure {
    List<RetentionPlan> plans = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (ServiceView services = new ServiceView(context)) {
      List<RetentionPolicy> policies = services.all(RetentionPolicy.class);
      policies.sort(Comparator.comparing(RetentionPolicy::id));
      for (RetentionPolicy policy : policies) {
        try {
          RetentionPlan plan = planOnly ? policy.plan() : policy.enforce();
          plans.add(plan);
          if (!plan.problem().isEmpty()) {
            problems.add(policy.id() + ": " + plan.problem());
          }
        } catch (FootageException e) {
          problems.add(policy.id() + ": " + e.getMessage());
        }
      }
    }
    RetentionReport report = new RetentionReport(plans, planOnly);
    if (json) {
      report.json(new JsonWriter(System.out));
    } else if (problems.isEmpty() || !plans.isEmpty()) {
      report.print(System.out);
    }
    if (!problems.isEmpty()) {
      throw new CommandFailure(Figures.plain(String.join("; ", problems)));
    }
    return null;
  }
}
