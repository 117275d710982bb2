// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import java.util.List;

/**
 * What a search has found.
 *
 * @param cameras one for each device, by name and address
 * @param remarks for a person: what stood in the way of the search, such as an interface that drops
 *     answers, with what to do
 */
public record CameraCensus(List<FoundCamera> cameras, List<String> remarks) {
  /** Keeps copies. */
  public CameraCensus {
    cameras = List.copyOf(cameras);
    remarks = List.copyOf(remarks);
  }
}
