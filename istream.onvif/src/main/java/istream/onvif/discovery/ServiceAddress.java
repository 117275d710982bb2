// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a device names it, in pieces.
 *
 * @param scheme {@code http} or {@code https}
 * @param host IP address without brackets, or a name; empty if there is none that could be used
 * @param path begins with a slash; visible ASCII only
 */
record ServiceAddress(String scheme, String host, int port, String path) {
  /** Where a device service is by the standard. */
  static final String USUAL_PATH = "/onvif/device_service";

  private static final int LONGEST = 512;
  private static final Pattern SHAPE =
      Pattern.compile("(?:(https?):)?(//)?([^/?#]*)([^#]*).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:]*)(?::(\\d*))?.*");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)\\](?::(\\d*))?.*");
  private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9._-]{1,253}");

  /** Makes the best of it; empty if it is not the address of a web service. */
  static Optional<ServiceAddress> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > LONGEST || !shape.matches()) {
      return Optional.empty();
    }
    boolean bare = shape.group(1) == null;
    String authority = shape.group(3);
    if (bare ? !looksLikeHost(authority) : shape.group(2) == null) {
      return Optional.empty();
    }
    String scheme = bare ? "http" : shape.group(1).toLowerCase(Locale.ROOT);
    Matcher pieces = pieces(authority.substring(authority.lastIndexOf('@') + 1));
    int port = port(pieces.group(2), scheme);
    return Optional.of(
        new ServiceAddress(scheme, host(pieces.group(1)), port, path(shape.group(4))));
  }

  /** Without a scheme, only an IP address tells an address from any other text. */
  private static boolean looksLikeHost(String authority) {
    return IpLiteral.parse(host(pieces(authority).group(1))).isPresent();
  }

  private static Matcher pieces(String authority) {
    String bracketed = authority;
    if (!authority.startsWith("[") && authority.indexOf(':') != authority.lastIndexOf(':')) {
      bracketed = bracketed(authority);
    }
    Matcher pieces = (bracketed.startsWith("[") ? BRACKETED : HOST_AND_PORT).matcher(bracketed);
    return pieces.matches() ? pieces : nothing();
  }

  /** Some devices forget the brackets of an IPv6 address. */
  private static String bracketed(String authority) {
    int last = authority.lastIndexOf(':');
    if (IpLiteral.parse(authority).isPresent()) {
      return "[" + authority + "]";
    }
    return IpLiteral.parse(authority.substring(0, last)).isPresent()
        ? "[" + authority.substring(0, last) + "]" + authority.substring(last)
        : authority;
  }

  private static Matcher nothing() {
    Matcher pieces = HOST_AND_PORT.matcher("");
    pieces.matches();
    return pieces;
  }

  private static String host(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return IpLiteral.parse(name)
        .map(InetAddress::getHostAddress)
        .orElseGet(() -> NAME.matcher(name).matches() ? name : "");
  }

  private static int port(String digits, String scheme) {
    int port = digits == null || !digits.matches("\\d{1,6}") ? 0 : Integer.parseInt(digits);
    return port >= 1 && port <= 65_535 ? port : usualPort(scheme);
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static String path(String text) {
    if (text.isEmpty()) {
      return USUAL_PATH;
    }
    StringBuilder path = new StringBuilder(text.startsWith("/") ? "" : "/");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && b < 0x7f && "\"<>\\".indexOf(b) < 0;
      path.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xff));
    }
    return path.toString();
  }

  /** The same service at another host. */
  ServiceAddress at(String otherHost) {
    return new ServiceAddress(scheme, otherHost, port, path);
  }

  /** As it is written; the port only if it is not the usual one. */
  String url() {
    return scheme
        + "://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + (port == usualPort(scheme) ? "" : ":" + port)
        + path;
  }
}
