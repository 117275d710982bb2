// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.CameraException;
import istream.recorder.rtsp.Quotation;
import java.util.regex.Pattern;

/**
 * Host and port of an address.
 *
 * @param host a name or an IP address; IPv6 in brackets
 * @param port the one that is named, or that of RTSP
 */
record Authority(String host, int port) {
  private static final int RTSP_PORT = 554;
  private static final int MOST_PORT = 65_535;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  /**
   * Reads it off an address.
   *
   * @throws CameraException if there is none in it
   */
  static Authority of(String url) throws CameraException {
    String text = url.substring(url.indexOf("//") + 2).split("[/?]", 2)[0];
    int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    String digits = colon < 0 ? "" + RTSP_PORT : text.substring(colon + 1);
    int port = NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
    if (host.isEmpty() || port == 0 || port > MOST_PORT) {
      throw new CameraException(
          "\"" + Quotation.of(text) + "\" is not host:port; check the address", false, null);
    }
    return new Authority(host, port);
  }

  /** Whether no name server is needed. */
  boolean isNumeric() {
    return host.startsWith("[") || IPV4.matcher(host).matches();
  }
}
