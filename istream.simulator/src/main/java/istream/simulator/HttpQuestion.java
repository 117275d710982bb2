// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP/1.1 request (RFC 9112). As in many cameras, a body needs a Content-Length.
 *
 * @param method such as {@code POST}
 * @param path of the address, without query
 * @param headers names in lower case
 * @param body its bytes, as text in which each character is a byte
 */
record HttpQuestion(String method, String path, Map<String, String> headers, String body) {
  private static final int LARGEST = 256 * 1024;

  /**
   * Reads a whole request.
   *
   * @throws IOException if there is none, or none that a camera would read
   */
  static HttpQuestion read(InputStream in) throws IOException {
    List<String> lines = head(in).lines().toList();
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    String[] first = lines.get(0).split(" ", 3);
    if (first.length < 3) {
      throw new IOException("not HTTP: " + lines.get(0));
    }
    byte[] body = in.readNBytes(length(headers));
    String path = first[1].replaceFirst("^http://[^/]*", "").replaceFirst("\\?.*", "");
    return new HttpQuestion(first[0], path, headers, new String(body, StandardCharsets.ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = 0;
    while (end < 4) {
      int next = in.read();
      if (next < 0 || bytes.size() > LARGEST) {
        throw new EOFException("no whole request");
      }
      end = next == "\r\n\r\n".charAt(end) ? end + 1 : next == '\r' ? 1 : 0;
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static int length(Map<String, String> headers) throws IOException {
    String text = headers.getOrDefault("content-length", "0");
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > LARGEST) {
      throw new IOException("a body of " + text + " bytes is too much");
    }
    return Integer.parseInt(text);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }
}
