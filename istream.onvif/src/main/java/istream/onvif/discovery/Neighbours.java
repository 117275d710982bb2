// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

/** Which device answers to an address, as the kernel has learnt. */
interface Neighbours {
  /** The hardware address; empty if it is not known, which is no evidence of anything. */
  String hardware(String networkInterface, String address);
}
