// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.footage.FootageException;
import istream.api.footage.Segment;
import istream.api.retention.Deletions;
import istream.api.retention.RetentionPlan;
import istream.api.retention.RetentionPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RetentionCommandTest {
  private final Policy policy = new Policy("small", false);
  private final Shell shell = new Shell(Path.of("."));

  private static final class Policy implements RetentionPolicy {
    private final String id;
    private final boolean broken;
    private String problem = "";
    private boolean enforced;

    Policy(String id, boolean broken) {
      this.id = id;
      this.broken = broken;
    }

    Policy cannot(String why) {
      problem = why;
      return this;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String problem() {
      return problem;
    }

    @Override
    public RetentionPlan plan() throws FootageException {
      if (broken) {
        throw new FootageException("the volume is missing; mount it", true, null);
      }
      Segment oldest = Footage.segment("front", "2026-11-23T10:00:00Z", "archive", false);
      Instant until = oldest.end().plusSeconds(120);
      boolean fine = problem.isEmpty();
      return new RetentionPlan(
          id,
          "archive",
          "",
          "at most 2000 MB",
          fine ? OptionalLong.of(1_970_000_000) : OptionalLong.empty(),
          fine
              ? new Deletions(
                  3, 90_000_000, List.of(oldest), Optional.of(until), enforced, 2, 60_000_000)
              : Deletions.NONE,
          problem);
    }

    @Override
    public RetentionPlan enforce() throws FootageException {
      enforced = true;
      return plan();
    }
  }

  @Test
  void aPlanDeletesNothing() throws Exception {
    assertEquals(
        """
        POLICY  STORAGE  CAMERA    KEPT  TO DELETE  SEGMENTS
        small   archive  all     2.0 GB    90.0 MB         3
        small: at most 2000 MB
        small: would delete from 2026-11-23 10:00:00 to 2026-11-23 10:03:00 UTC
        small: of these, 2 segments (60.0 MB) not on every replica
        Nothing was deleted by this command: it shows the plan only.
        """,
        shell.with(policy).run(RetentionCommand.class, "--plan"));
    assertFalse(policy.enforced);
  }

  @Test
  void withoutPlanItDeletesAndSaysSo() throws Exception {
    String json = shell.with(policy).run(RetentionCommand.class, "--json");
    assertTrue(policy.enforced);
    JsonNode report = new ObjectMapper().readTree(json);
    assertFalse(report.get("planned").asBoolean());
    assertEquals(90_000_000, report.at("/policies/0/deletedBytes").asLong());
    assertEquals(3, report.at("/policies/0/deletedCount").asLong());
    assertEquals(2, report.at("/policies/0/unconfirmedCount").asLong());
    assertEquals(60_000_000, report.at("/policies/0/unconfirmedBytes").asLong());
    assertEquals(1, report.at("/policies/0/deletions").size(), "the oldest are named");
    assertTrue(report.at("/policies/0/more").asBoolean());
  }

  @Test
  void whatIsStillToBeDeletedIsSaid() throws Exception {
    String said = shell.with(policy).run(RetentionCommand.class);
    assertTrue(said.contains("10:03:00 UTC; deletes more in the background"), said);
  }

  @Test
  void onePolicyThatFailsStopsNoOther() {
    shell.with(new Policy("broken", true), policy);
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(RetentionCommand.class));
    assertTrue(failure.getMessage().startsWith("broken: the volume"), failure.getMessage());
    assertTrue(policy.enforced);
  }

  @Test
  void aPolicyThatCannotDoItsWorkIsShownAndFails() throws Exception {
    shell.with(policy, new Policy("lame", false).cannot("there is no storage attic; add its file"));
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(RetentionCommand.class, "--plan"));
    assertEquals("lame: there is no storage attic; add its file", failure.getMessage());
    assertTrue(
        shell.printed().contains("lame    archive  all          ?        0 B         0"),
        shell.printed());
  }

  @Test
  void statusNamesTheFileOfAPolicyThatCannotDoItsWork() throws Exception {
    shell.with(policy.cannot("there is no storage attic; add its file"), new Policy("fine", false));
    String status = shell.run(StatusCommand.class);
    assertTrue(
        status.endsWith("\nistream.retention-small.cfg: there is no storage attic; add its file\n"),
        status);
    assertFalse(status.contains("istream.retention-fine.cfg"), status);
  }

  @Test
  void whatIsNotKnownIsNullForAScript() throws Exception {
    shell.with(policy.cannot("still counting"));
    assertThrows(CommandFailure.class, () -> shell.run(RetentionCommand.class, "--json"));
    JsonNode shown = new ObjectMapper().readTree(shell.printed()).at("/policies/0");
    assertTrue(shown.get("keptBytes").isNull(), shown.toString());
    assertEquals("still counting", shown.get("problem").asText());
  }
}
