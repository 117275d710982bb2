// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.util.List;

/** Where a device service usually is, for a host that does not say. */
final class UsualAddresses {
  private static final List<Integer> PORTS =
      List.of(80, 8000, 8080, 8899, 2020, 888, 8999, 5000, 6688);

  private UsualAddresses() {}

  /**
   * Addresses to try, the most usual first.
   *
   * @param host IP address, without brackets, or name
   */
  static List<String> of(String host) {
    return PORTS.stream().map(port -> at(host, port)).map(ServiceAddress::url).toList();
  }

  private static ServiceAddress at(String host, int port) {
    return new ServiceAddress("http", host, port, ServiceAddress.USUAL_PATH);
  }
}
