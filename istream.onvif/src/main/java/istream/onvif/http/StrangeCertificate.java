// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.io.IOException;

/** A server's certificate is not the one that is known of it, or that cannot be found out. */
final class StrangeCertificate extends IOException {
  private static final long serialVersionUID = 1;

  /** Makes one; the message names the server and the file, and says what to do. */
  StrangeCertificate(String message, Throwable cause) {
    super(message, cause);
  }
}
