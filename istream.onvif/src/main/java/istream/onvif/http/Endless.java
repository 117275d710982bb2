// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.io.IOException;

/** A server sends more than any answer is long. */
final class Endless extends IOException {
  private static final long serialVersionUID = 1;

  /** Makes one; the message says of what there is too much. */
  Endless(String message) {
    super(message);
  }
}
