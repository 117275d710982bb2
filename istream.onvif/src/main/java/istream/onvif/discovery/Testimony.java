// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.FoundCamera.Route;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sighting, understood.
 *
 * @param addresses as the device names them, but each in one spelling
 * @param hosts of the addresses
 */
record Testimony(Sighting sighting, Route route, Set<String> addresses, Set<String> hosts) {
  static Testimony of(Sighting sighting) {
    List<ServiceAddress> named = AddressRanking.named(sighting).toList();
    return new Testimony(
        sighting,
        new Route(sighting.networkInterface(), sighting.sender()),
        named.stream().map(ServiceAddress::url).collect(Collectors.toSet()),
        named.stream().map(ServiceAddress::host).collect(Collectors.toSet()));
  }
}
