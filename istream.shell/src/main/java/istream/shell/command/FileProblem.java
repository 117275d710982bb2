// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.retention.RetentionPolicy;
import java.util.Comparator;
import java.util.List;

/**
 * A configuration file that does not do what it is for, and is neither a camera's nor a storage's:
 * those have a state that says so.
 *
 * @param file its name without directory
 * @param message what is wrong, with the next step
 */
record FileProblem(String file, String message) {
  /** Those of policies that cannot do their work. */
  static List<FileProblem> of(List<RetentionPolicy> policies) {
    return policies.stream()
        .filter(policy -> !policy.problem().isEmpty())
        .map(policy -> new FileProblem(file(policy), policy.problem()))
        .sorted(Comparator.comparing(FileProblem::file))
        .toList();
  }

  private static String file(RetentionPolicy policy) {
    return "istream.retention-" + policy.id() + ".cfg";
  }
}
