// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import java.util.OptionalLong;

/**
 * What the owner of a replica wants of the replicator.
 *
 * @param source id of the local storage that is copied; empty for the only one
 * @param newestFirst whether the backlog begins at its newest end
 * @param mostBitsPerSecond all connections together; empty for as much as goes
 * @param connections most connections at a time, at least 1
 */
public record ReplicaTerms(
    String source, boolean newestFirst, OptionalLong mostBitsPerSecond, int connections) {}
