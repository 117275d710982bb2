// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.List;

/**
 * An access unit of a clip.
 *
 * @param units its NAL units without start codes
 * @param slices index of the first slice: supplemental information goes before it
 * @param key whether decoding can begin here
 * @param order place on the screen, counted from the start of the clip
 */
record Picture(List<byte[]> units, int slices, boolean key, int order) {}
