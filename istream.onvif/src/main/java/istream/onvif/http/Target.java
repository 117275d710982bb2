// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes. A user in an address is left out: it is neither sent nor shown.
 *
 * @param host in lower case, an IPv6 address without brackets
 * @param path with the query, escaped as it goes over the wire
 */
record Target(boolean secure, String host, int port, String path) {
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(https?)://(?:[^/?#]*@)?(\\[[0-9a-f:.]+(?:%[\\w.-]+)?]|[\\w.-]+)(?::(\\d{0,5}))?"
              + "(?:([/?][^#]*)?(?:#.*)?)",
          Pattern.DOTALL);

  /** Reads an address; empty if it is none. */
  static Optional<Target> of(String url) {
    Matcher parts = URL.matcher(url.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean secure = parts.group(1).equalsIgnoreCase("https");
    String host = parts.group(2).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    String given = parts.group(3) == null ? "" : parts.group(3);
    int port = given.isEmpty() ? standardPort(secure) : Integer.parseInt(given);
    String path = parts.group(4) == null ? "/" : parts.group(4);
    path = escaped(path.startsWith("/") ? path : "/" + path);
    boolean valid = port > 0 && port < 65536;
    return valid ? Optional.of(new Target(secure, host, port, path)) : Optional.empty();
  }

  /** Where a server sends us on to; empty if that is nowhere. */
  Optional<Target> redirected(String location) {
    String to = location.strip();
    if (to.startsWith("//")) {
      return of(scheme() + ":" + to);
    } else if (to.startsWith("/")) {
      return Optional.of(new Target(secure, host, port, escaped(to)));
    } else if (to.isEmpty() || to.matches("(?s)[A-Za-z][\\w+.-]*:.*")) {
      return of(to);
    }
    int query = path.indexOf('?');
    String folder = path.substring(0, path.lastIndexOf('/', query < 0 ? path.length() : query) + 1);
    return Optional.of(new Target(secure, host, port, folder + escaped(to)));
  }

  private static int standardPort(boolean secure) {
    return secure ? 443 : 80;
  }

  private String scheme() {
    return secure ? "https" : "http";
  }

  private String bracketed() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Host and port, as they name the server. */
  String place() {
    return bracketed() + ":" + port;
  }

  /** The value of the header {@code Host}. */
  String hostHeader() {
    String name = bracketed().replaceFirst("%[^\\]]*", "");
    return port == standardPort(secure) ? name : name + ":" + port;
  }

  /** All of it. */
  String url() {
    return scheme() + "://" + (port == standardPort(secure) ? bracketed() : place()) + path;
  }

  /** Nothing that ends a request line gets into one. */
  private static String escaped(String path) {
    StringBuilder escaped = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b <= ' ' || b == 127) {
        escaped.append(String.format("%%%02X", b & 0xff));
      } else {
        escaped.append((char) b);
      }
    }
    return escaped.toString();
  }
}
