// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.CameraException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The network interfaces as they are at this moment, and which of them to look on. */
public final class NetworkInterfaces {
  private static final Comparator<Nic> ORDER =
      Comparator.comparing(Nic::leadsToContainers).thenComparing(Nic::name);

  private final Supplier<List<Nic>> all;

  NetworkInterfaces(Supplier<List<Nic>> all) {
    this.all = all;
  }

  /** Those of this computer. */
  public static NetworkInterfaces ofThisComputer() {
    return new NetworkInterfaces(NetworkInterfaces::read);
  }

  List<Nic> all() {
    return all.get();
  }

  /**
   * Those to look on, the ones of containers last.
   *
   * @param names empty for all usable ones
   * @throws CameraException if there is none, or one that is named cannot be used
   */
  List<Nic> chosen(List<String> names) throws CameraException {
    List<Nic> nics = all.get().stream().sorted(ORDER).toList();
    if (names.isEmpty()) {
      return usable(nics);
    }
    List<Nic> chosen = new ArrayList<>();
    for (String name : names.stream().distinct().toList()) {
      chosen.add(named(name, nics));
    }
    return chosen;
  }

  private static Nic named(String name, List<Nic> nics) throws CameraException {
    for (Nic nic : nics) {
      if (nic.name().equals(name) && nic.defect().isEmpty()) {
        return nic;
      }
      if (nic.name().equals(name)) {
        throw refusal("network interface " + name + " is " + nic.defect(), nics, true);
      }
    }
    throw refusal("there is no network interface " + name, nics, false);
  }

  private static List<Nic> usable(List<Nic> nics) throws CameraException {
    List<Nic> usable = nics.stream().filter(nic -> nic.reserve().isEmpty()).toList();
    if (usable.isEmpty()) {
      throw refusal("no network interface is usable", nics, true);
    }
    return usable;
  }

  private static CameraException refusal(String cause, List<Nic> nics, boolean retryable) {
    String usable = listed(nics, nic -> nic.reserve().isEmpty());
    String others = listed(nics, nic -> !nic.reserve().isEmpty());
    String advice =
        usable.isEmpty()
            ? "set one up with an IPv4 address; there is " + (others.isEmpty() ? "none" : others)
            : "usable: " + usable + (others.isEmpty() ? "" : "; also there: " + others);
    return new CameraException(cause + "; " + advice, retryable, null);
  }

  private static String listed(List<Nic> nics, Predicate<Nic> which) {
    return nics.stream()
        .filter(which)
        .map(nic -> nic.name() + (nic.reserve().isEmpty() ? "" : " (" + nic.reserve() + ")"))
        .collect(Collectors.joining(", "));
  }

  private static List<Nic> read() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(nic -> read(nic).stream()).toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  /** Nothing if it went while it was being read. */
  private static List<Nic> read(NetworkInterface nic) {
    List<Subnet> subnets = new ArrayList<>();
    for (InterfaceAddress address : nic.getInterfaceAddresses()) {
      if (address.getAddress() instanceof Inet4Address own) {
        subnets.add(new Subnet(own, address.getNetworkPrefixLength()));
      }
    }
    try {
      return List.of(
          new Nic(nic.getName(), subnets, nic.isUp(), nic.isLoopback(), nic.isPointToPoint()));
    } catch (SocketException e) {
      return List.of();
    }
  }
}
