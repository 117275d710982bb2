// SPDX-License-Identifier: Apache-2.0
/** Copies footage to replicas while it is recorded. */
package istream.storage.replicator;
