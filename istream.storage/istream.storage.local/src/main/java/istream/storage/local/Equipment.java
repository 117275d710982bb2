// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

/**
 * What the parts of one storage share.
 *
 * @param settings what the owner wants
 * @param tree where files lie
 * @param space keeps the disk from filling up
 * @param usage counts
 * @param announcer tells listeners
 * @param health remembers troubles
 */
record Equipment(
    LocalSettings settings,
    FootageTree tree,
    FreeSpace space,
    Usage usage,
    Announcer announcer,
    Health health) {}
