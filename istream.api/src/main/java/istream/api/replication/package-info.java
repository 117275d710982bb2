// SPDX-License-Identifier: Apache-2.0
/**
 * Copies of footage elsewhere: the stores that take them, the replicator that fills them, and what
 * it knows of them.
 */
@Export
@Version("0.1.0")
package istream.api.replication;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
