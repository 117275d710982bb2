// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as in RFC 2326, 6; its body is skipped.
 *
 * @param method such as {@code PLAY}; empty if the request line is none
 * @param path of the address, without query and with a leading {@code /}
 * @param headers names in lower case
 */
record RtspRequest(String method, String path, Map<String, String> headers) {
  /** Takes a whole request from a buffer; null if it is not whole yet. */
  static RtspRequest take(ByteBuffer in) {
    String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return null;
    }
    List<String> lines = text.substring(0, end).lines().toList();
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(lines.isEmpty() ? 0 : 1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    int length = end + 4 + bodyLength(headers);
    if (in.remaining() < length) {
      return null;
    }
    in.position(in.position() + length);
    String[] first = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", 3);
    return first.length == 3
        ? new RtspRequest(first[0], path(first[1]), headers)
        : new RtspRequest("", "", headers);
  }

  private static int bodyLength(Map<String, String> headers) {
    String length = headers.getOrDefault("content-length", "0");
    return length.matches("\\d{1,5}") ? Integer.parseInt(length) : 0;
  }

  private static String path(String address) {
    int scheme = address.indexOf("://");
    int slash = address.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    String path = slash < 0 ? "/" : address.substring(slash);
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
