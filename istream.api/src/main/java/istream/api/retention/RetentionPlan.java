// SPDX-License-Identifier: Apache-2.0
package istream.api.retention;

import java.util.OptionalLong;

/**
 * What a policy deletes and keeps.
 *
 * @param policy the policy's id
 * @param storage the storage's id
 * @param camera the camera's id; empty for all
 * @param rule the budget in words, such as {@code at most 2000 MB, at most 72 h}
 * @param keptBytes that stay; empty if that is not known
 * @param deletions segments that go, or went
 * @param problem why it cannot do its work, with the next step; empty if it can
 */
public record RetentionPlan(
    String policy,
    String storage,
    String camera,
    String rule,
    OptionalLong keptBytes,
    Deletions deletions,
    String problem) {}
