// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.FoundCamera.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All sightings of one device. */
final class KnownDevice {
  private static final int MOST = 16;

  private final int number;
  private final String endpoint;
  private final AddressRanking ranking;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Set<Route> routes = new LinkedHashSet<>();
  private final Set<String> addresses = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private List<String> urls = List.of();
  private String name = "";
  private String hardware = "";

  KnownDevice(int number, Testimony first, AddressRanking ranking) {
    this.number = number;
    this.ranking = ranking;
    endpoint = first.sighting().endpoint();
    add(first);
  }

  /** Learns what a sighting says that the others did not. */
  void add(Testimony testimony) {
    boolean more = routes.size() < MOST && routes.add(testimony.route());
    more |= addresses.size() < MOST && addresses.addAll(testimony.addresses());
    Sighting sighting = testimony.sighting();
    name = name.isEmpty() ? Scopes.value("name", sighting.scopes()) : name;
    hardware = hardware.isEmpty() ? Scopes.value("hardware", sighting.scopes()) : hardware;
    if (more && sightings.size() < MOST) {
      sightings.add(sighting);
      hosts.addAll(testimony.hosts());
      urls = ranking.urls(sightings);
    }
  }

  boolean hasSender(String address) {
    return routes.stream().anyMatch(route -> route.address().equals(address));
  }

  Set<Route> routes() {
    return routes;
  }

  boolean isSeenAt(Route route) {
    return routes.contains(route);
  }

  /** Whether it is this device that was seen. */
  boolean matches(Testimony testimony, Neighbours neighbours) {
    return routes.stream().anyMatch(route -> matches(testimony, route, neighbours));
  }

  private boolean matches(Testimony testimony, Route route, Neighbours neighbours) {
    Sighting sighting = testimony.sighting();
    boolean sameEndpoint = !endpoint.isEmpty() && endpoint.equals(sighting.endpoint());
    if (!route.address().equals(sighting.sender())) {
      return sameEndpoint
          && (testimony.hosts().contains(route.address()) || hosts.contains(sighting.sender()));
    }
    Set<String> theirs = testimony.addresses();
    boolean unknown = addresses.isEmpty() || theirs.isEmpty();
    boolean shared =
        addresses.isEmpty() ? theirs.isEmpty() : theirs.stream().anyMatch(addresses::contains);
    boolean mayAgree = sameEndpoint || endpoint.isEmpty() || sighting.endpoint().isEmpty();
    return switch (Kinship.of(route, testimony.route(), neighbours)) {
      case SAME -> shared || (mayAgree && unknown);
      case UNKNOWN -> mayAgree && (shared || unknown);
      case OTHER -> false;
    };
  }

  /** What a person may know it by. */
  String label() {
    String called = name.isEmpty() ? hardware : name;
    return (called.isEmpty() ? "a device" : called)
        + (endpoint.isEmpty() ? "" : " (" + endpoint + ")");
  }

  Device device(String clash) {
    return new Device(number, endpoint, name, hardware, List.copyOf(routes), urls, clash);
  }
}
