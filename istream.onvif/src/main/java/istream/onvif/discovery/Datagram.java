// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

/** What came in. */
final class Datagram {
  private final String networkInterface;
  private final String sender;
  private final byte[] bytes;

  Datagram(String networkInterface, String sender, byte[] bytes) {
    this.networkInterface = networkInterface;
    this.sender = sender;
    this.bytes = bytes;
  }

  /** On which interface; empty if one host was asked. */
  String networkInterface() {
    return networkInterface;
  }

  /** IP address. */
  String sender() {
    return sender;
  }

  /** Not a copy. */
  byte[] bytes() {
    return bytes;
  }
}
