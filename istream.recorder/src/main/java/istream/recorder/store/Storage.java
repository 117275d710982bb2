// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;

/**
 * The services of one storage that a recorder needs.
 *
 * @param archive takes the footage
 * @param ledger takes the gaps; null until the storage offers it
 * @param store lists what footage there is; null until the storage offers it
 */
public record Storage(FootageArchive archive, GapLedger ledger, FootageStore store) {}
