// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.FoundCamera.Route;
import java.util.List;

/**
 * A device, as all sightings of it together tell.
 *
 * @param number by which a search knows it while it lasts; stays when more becomes known of it
 * @param endpoint empty if it told none
 * @param name what its scopes call it; may be empty
 * @param hardware what its scopes say it is; may be empty
 * @param routes where it was seen, the best one first
 * @param urls where its device service may be, the most promising first; at least one
 * @param clash what is wrong if it shares its address with another device; empty if it does not
 */
public record Device(
    int number,
    String endpoint,
    String name,
    String hardware,
    List<Route> routes,
    List<String> urls,
    String clash) {
  /** The same under another number. */
  public Device numbered(int other) {
    return new Device(other, endpoint, name, hardware, routes, urls, clash);
  }
}
