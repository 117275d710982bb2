// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.retention.Deletions;
import istream.api.retention.RetentionPlan;
import istream.shell.command.Table.Column;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** Prints what policies keep and delete. */
final class RetentionReport {
  private final List<RetentionPlan> plans;
  private final boolean planned;

  /**
   * Makes a report.
   *
   * @param planned whether nothing has been deleted
   */
  RetentionReport(List<RetentionPlan> plans, boolean planned) {
    this.plans = plans;
    this.planned = planned;
  }

  void json(JsonWriter json) {
    json.object().name("planned").value(planned).name("policies").array();
    for (RetentionPlan plan : plans) {
      json.object().name("id").value(plan.policy());
      json.name("storage").value(plan.storage());
      json.name("camera").unlessEmpty(plan.camera());
      json.name("rule").value(plan.rule());
      json.name("keptBytes").number(plan.keptBytes());
      json.name("deletedCount").value(plan.deletions().count());
      json.name("deletedBytes").value(plan.deletions().bytes());
      json.name("unconfirmedCount").value(plan.deletions().unconfirmed());
      json.name("unconfirmedBytes").value(plan.deletions().unconfirmedBytes());
      json.name("problem").unlessEmpty(plan.problem());
      json.name("more").value(plan.deletions().more());
      json.name("deletions").array();
      plan.deletions().oldest().forEach(segment -> SegmentListing.json(json, segment));
      json.endArray().endObject();
    }
    json.endArray().endObject().finish();
  }

  void print(PrintStream out) {
    if (plans.isEmpty()) {
      out.println("No policy is configured, so nothing is ever deleted.");
      out.println("See etc/istream.retention-archive.cfg");
      return;
    }
    try (Table table =
        new Table(
            out,
            Column.left("POLICY"),
            Column.left("STORAGE"),
            Column.left("CAMERA"),
            Column.right("KEPT"),
            Column.right(planned ? "TO DELETE" : "DELETED"),
            Column.right("SEGMENTS"))) {
      for (RetentionPlan plan : plans) {
        table.row(
            plan.policy(),
            plan.storage(),
            plan.camera().isEmpty() ? "all" : plan.camera(),
            Figures.bytes(plan.keptBytes()),
            Figures.bytes(plan.deletions().bytes()),
            Long.toString(plan.deletions().count()));
      }
    }
    plans.forEach(plan -> explain(out, plan));
    if (planned) {
      out.println("Nothing was deleted by this command: it shows the plan only.");
    }
  }

  private void explain(PrintStream out, RetentionPlan plan) {
    out.println(plan.policy() + ": " + Figures.plain(plan.rule()));
    plan.deletions()
        .until()
        .ifPresent(until -> out.println(plan.policy() + ": " + span(plan.deletions(), until)));
    if (plan.deletions().unconfirmed() > 0) {
      out.println(
          plan.policy()
              + ": of these, "
              + Figures.count(plan.deletions().unconfirmed(), "segment")
              + " ("
              + Figures.bytes(plan.deletions().unconfirmedBytes())
              + ") not on every replica");
    }
  }

  private String span(Deletions deletions, Instant until) {
    String from = Figures.stamp(deletions.oldest().get(0).key().start());
    String verb = planned ? "would delete" : "deleted";
    String rest = deletions.more() ? "; deletes more in the background" : "";
    return verb + " from " + from + " to " + Figures.stamp(until) + " UTC" + rest;
  }
}
