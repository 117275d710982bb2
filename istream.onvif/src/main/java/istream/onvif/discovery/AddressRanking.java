// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** At which addresses a device may answer, as seen from this computer. */
final class AddressRanking {
  private static final int MOST = 8;
  private static final int OF_ONE_ANSWER = 16;

  private final List<Nic> nics;

  AddressRanking(List<Nic> nics) {
    this.nics = nics;
  }

  private record Candidate(int rank, String url) {}

  /** The most promising first; at least one if there is a sighting. */
  List<String> urls(Collection<Sighting> sightings) {
    List<Candidate> candidates = new ArrayList<>();
    for (Sighting sighting : sightings) {
      named(sighting).forEach(address -> add(address, sighting, candidates));
    }
    List<String> ranked =
        candidates.stream()
            .sorted(Comparator.comparingInt(Candidate::rank))
            .map(Candidate::url)
            .distinct()
            .limit(MOST)
            .toList();
    return ranked.isEmpty()
        ? sightings.stream()
            .map(Sighting::sender)
            .distinct()
            .limit(1)
            .flatMap(sender -> UsualAddresses.of(sender).stream())
            .toList()
        : ranked;
  }

  /** What a device names, as it names it. */
  static Stream<ServiceAddress> named(Sighting sighting) {
    return sighting.addresses().stream()
        .flatMap(text -> Stream.of(text.strip().split("\\s+", -1)))
        .filter(text -> !text.isEmpty())
        .limit(OF_ONE_ANSWER)
        .map(ServiceAddress::parse)
        .flatMap(Optional::stream);
  }

  private void add(ServiceAddress address, Sighting sighting, List<Candidate> candidates) {
    candidates.add(new Candidate(0, address.at(sighting.sender()).url()));
    Optional<InetAddress> ip = IpLiteral.parse(address.host());
    if (ip.isEmpty() ? !address.host().isEmpty() : mayBe(ip.get(), sighting.sender())) {
      int rank = ip.map(host -> rank(host, sighting)).orElse(2);
      candidates.add(new Candidate(rank, zoned(address, ip, sighting).url()));
    }
  }

  private boolean mayBe(InetAddress host, String sender) {
    boolean somewhere =
        !host.isAnyLocalAddress()
            && !host.isMulticastAddress()
            && !host.getHostAddress().equals("255.255.255.255");
    return somewhere && (!host.isLoopbackAddress() || isOwn(sender));
  }

  /** Whether an address is one of this computer. */
  private boolean isOwn(String sender) {
    return IpLiteral.parse(sender).filter(InetAddress::isLoopbackAddress).isPresent()
        || nics.stream()
            .flatMap(nic -> nic.subnets().stream())
            .anyMatch(subnet -> subnet.own().getHostAddress().equals(sender));
  }

  private int rank(InetAddress host, Sighting sighting) {
    if (host.getHostAddress().equals(sighting.sender())) {
      return 0;
    }
    if (host.isLinkLocalAddress()) {
      return 4;
    }
    if (!(host instanceof Inet4Address)) {
      return 3;
    }
    return isNear(host, sighting.networkInterface()) ? 1 : 2;
  }

  private boolean isNear(InetAddress host, String nicName) {
    return nics.stream()
        .filter(nic -> nicName.isEmpty() || nic.name().equals(nicName))
        .flatMap(nic -> nic.subnets().stream())
        .anyMatch(subnet -> subnet.contains(host));
  }

  /** A link-local IPv6 address means nothing without the interface. */
  private static ServiceAddress zoned(
      ServiceAddress address, Optional<InetAddress> ip, Sighting sighting) {
    boolean needsZone =
        ip.filter(host -> host.isLinkLocalAddress() && !(host instanceof Inet4Address)).isPresent();
    return needsZone && !sighting.networkInterface().isEmpty()
        ? address.at(address.host() + "%" + sighting.networkInterface())
        : address;
  }
}
