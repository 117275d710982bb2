// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.net.InetAddress;
import java.util.List;

/** Interfaces for tests. */
final class Lans {
  static final Nic LO = new Nic("lo", List.of(subnet("127.0.0.1", 8)), true, true, false);
  static final Nic ETH0 = up("eth0", "192.168.1.10", 24);
  static final Nic ETH1 = up("eth1", "10.0.0.10", 8);

  private Lans() {}

  static Nic up(String name, String own, int prefix) {
    return new Nic(name, List.of(subnet(own, prefix)), true, false, false);
  }

  static Subnet subnet(String own, int prefix) {
    InetAddress address = IpLiteral.parse(own).orElseThrow();
    return new Subnet(address, prefix);
  }

  static Sighting sighting(String endpoint, String nic, String sender, String... addresses) {
    return new Sighting(endpoint, nic, sender, List.of(addresses), List.of());
  }
}
