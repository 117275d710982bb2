// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.FoundCamera.Route;

/** Whether the same machine answers at both ends. */
enum Kinship {
  SAME,
  OTHER,
  UNKNOWN;

  /** Of two routes with the same address. */
  static Kinship of(Route one, Route other, Neighbours neighbours) {
    if (one.networkInterface().equals(other.networkInterface())) {
      return SAME;
    }
    String first = neighbours.hardware(one.networkInterface(), one.address());
    String second = neighbours.hardware(other.networkInterface(), other.address());
    if (first.isEmpty() || second.isEmpty()) {
      return UNKNOWN;
    }
    return first.equals(second) ? SAME : OTHER;
  }
}
