// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.retention.RetentionPolicy;
import java.nio.file.Path;
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
  /** All of them, by name: files without an id, and those of policies that cannot do their work. */
  static List<FileProblem> all(Path directory, List<RetentionPolicy> policies) {
    List<FileProblem> problems = NamelessFiles.in(directory);
    policies.stream()
        .filter(policy -> !policy.problem().isEmpty())
        .map(policy -> new FileProblem(file(policy), policy.problem()))
        .forEach(problems::add);
    problems.sort(Comparator.comparing(FileProblem::file));
    return problems;
  }

  private static String file(RetentionPolicy policy) {
    return "istream.retention-" + policy.id() + ".cfg";
  }
}
