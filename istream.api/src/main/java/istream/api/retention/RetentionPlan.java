// SPDX-License-Identifier: Apache-2.0
package istream.api.retention;

import istream.api.footage.Segment;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a policy deletes and keeps.
 *
 * @param policy the policy's id
 * @param storage the storage's id
 * @param camera the camera's id; empty for all
 * @param rule the budget in words, such as {@code at most 2000 MB, at most 72 h}
 * @param keptBytes that stay; empty if that is not known
 * @param deletions segments that go (or went), oldest first; never an open one
 * @param problem why it cannot do its work, with the next step; empty if it can
 */
public record RetentionPlan(
    String policy,
    String storage,
    String camera,
    String rule,
    OptionalLong keptBytes,
    List<Segment> deletions,
    String problem) {
  /** Keeps a copy of the deletions. */
  public RetentionPlan {
    deletions = List.copyOf(deletions);
  }

  /** Bytes that go. */
  public long deletedBytes() {
    return deletions.stream().mapToLong(Segment::bytes).sum();
  }
}
