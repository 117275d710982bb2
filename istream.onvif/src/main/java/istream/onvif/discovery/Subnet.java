// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.net.InetAddress;

/**
 * A network that an interface is in.
 *
 * @param own IPv4 address of the interface in it
 * @param prefix length of the network's part of the address, in bits
 */
record Subnet(InetAddress own, int prefix) {
  boolean contains(InetAddress other) {
    byte[] ours = own.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix && bit < ours.length * 8; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
