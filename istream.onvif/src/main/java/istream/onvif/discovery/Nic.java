// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A network interface.
 *
 * @param subnets its IPv4 addresses with their networks
 */
record Nic(String name, List<Subnet> subnets, boolean up, boolean loopback, boolean pointToPoint) {
  private static final Pattern CONTAINERS =
      Pattern.compile("(docker|virbr|veth|cni|lxc|lxd|podman).*|br-[0-9a-f]+");

  /** Why it cannot be used even if its owner asks for it; empty if it can. */
  String defect() {
    return !up ? "down" : subnets.isEmpty() ? "without an IPv4 address" : "";
  }

  /** Why it is not used unless its owner asks for it; empty if it is. */
  String reserve() {
    return !defect().isEmpty()
        ? defect()
        : loopback ? "loopback" : pointToPoint ? "point-to-point" : "";
  }

  /** Whether it leads to containers or virtual machines rather than to a cable. */
  boolean leadsToContainers() {
    return CONTAINERS.matcher(name).matches();
  }
}
