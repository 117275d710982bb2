// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

/**
 * What a replica lets us do: probed, never assumed.
 *
 * @param appends whether a segment can grow; else each commit makes an immutable object
 * @param reads whether it can be read back
 * @param lists whether directories can be listed
 * @param deletes whether segments can be deleted and renamed
 * @param syncs whether it says when bytes survive a power cut
 * @param groupBytes least bytes that are worth a commit before the end of a segment; 0 for any
 */
public record Capabilities(
    boolean appends,
    boolean reads,
    boolean lists,
    boolean deletes,
    boolean syncs,
    long groupBytes) {}
