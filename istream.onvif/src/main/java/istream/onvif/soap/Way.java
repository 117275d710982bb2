// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

/** A way of logging in. */
enum Way {
  /** A token by the device's clock. */
  TOKEN,
  /** A token by our clock, for devices that state another time than they go by. */
  TOKEN_BY_OUR_CLOCK,
  /** An answer to a challenge of HTTP. */
  HTTP,
  /** Not at all: the device knows no token and asks for nothing else. */
  NONE
}
