// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as they stand in an address.
 *
 * @param host an IPv6 address stands in brackets; may be empty
 * @param port 0 if there is none that could be one
 */
record Authority(String host, int port) {
  private static final Pattern BRACKETED = Pattern.compile("(\\[[^\\]]*\\])(.*)");
  private static final Pattern MAPPED =
      Pattern.compile("\\[?::(?:ffff:)?(\\d+\\.\\d+\\.\\d+\\.\\d+)\\]?(.*)");
  private static final Pattern NAMED = Pattern.compile("([^:]*)((?::[^:]*)?(?::\\d{0,5})*)");

  /** Reads what stands between the slashes of an address; a user and a password are dropped. */
  static Authority read(String text) {
    String place = text.substring(text.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    Matcher mapped = MAPPED.matcher(place);
    if (mapped.matches()) {
      return new Authority(mapped.group(1), lastPort(mapped.group(2)));
    }
    Matcher bracketed = BRACKETED.matcher(place);
    if (bracketed.matches()) {
      return new Authority(bracketed.group(1), lastPort(bracketed.group(2)));
    }
    Matcher named = NAMED.matcher(place);
    if (named.matches() && !isStartOfIpv6(named.group(1), named.group(2))) {
      return new Authority(named.group(1), lastPort(named.group(2)));
    }
    return new Authority("[" + place + "]", 0);
  }

  /** Two colons make an IPv6 address, unless what is before them is a name or an IPv4 address. */
  private static boolean isStartOfIpv6(String first, String rest) {
    return rest.lastIndexOf(':') > 0 && first.matches("[0-9a-f]{0,4}");
  }

  /** Some cameras write the port of HTTP, and that of RTSP behind it. */
  private static int lastPort(String ports) {
    int last = 0;
    for (String port : ports.split(":", -1)) {
      int number = Numbers.port(port);
      last = number > 0 ? number : last;
    }
    return last;
  }

  boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  boolean isMulticast() {
    return host.matches("(22[4-9]|23\\d)\\.\\d+\\.\\d+\\.\\d+") || host.startsWith("[ff");
  }
}
