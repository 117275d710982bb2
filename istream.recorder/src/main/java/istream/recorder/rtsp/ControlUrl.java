// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.util.regex.Pattern;

/**
 * Addresses by plain string rules. Cameras compare them byte for byte, and some makers' are not
 * even URIs, so nothing here parses, decodes or normalises.
 */
public final class ControlUrl {
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");
  private static final Pattern LOGIN = Pattern.compile("(?i)^([a-z][a-z0-9+.-]*://)[^/]*@");
  private static final Pattern SECRET =
      Pattern.compile("(?i)((?:password|passwd|pass|pwd|psw)=).*?(?=_[a-z]+=|[&?/;]|$)");

  private ControlUrl() {}

  /** Tells whether {@code url} names scheme and host. */
  static boolean isAbsolute(String url) {
    return ABSOLUTE.matcher(url).matches();
  }

  /** Tells whether {@code url} is one that we can follow. */
  static boolean isRtsp(String url) {
    return url.regionMatches(true, 0, "rtsp://", 0, 7);
  }

  /**
   * Resolves a {@code control} attribute (RFC 2326, C.1.1) as cameras mean it: appended to the base
   * after exactly one slash, behind its query too.
   *
   * @param base an absolute address
   * @param control as it stands; empty and {@code *} mean the base itself
   */
  static String resolve(String base, String control) {
    String tail = control.strip();
    if (tail.isEmpty() || tail.equals("*")) {
      return base;
    }
    if (isAbsolute(tail)) {
      return tail;
    }
    String head = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return head + (tail.startsWith("/") ? "" : "/") + tail;
  }

  /** Resolves the address of a redirect: a path begins at the host. Drops a login. */
  static String redirect(String from, String location) {
    String to = location.strip();
    if (!isAbsolute(to)) {
      int host = from.indexOf("://") + 3;
      int path = from.indexOf('/', host);
      String server = path < 0 ? from : from.substring(0, path);
      to = server + (to.startsWith("/") ? "" : "/") + to;
    }
    return LOGIN.matcher(to).replaceFirst("$1");
  }

  /** The address fit for a message: a login and passwords in the path are masked. */
  public static String shown(String url) {
    String open = LOGIN.matcher(url).replaceFirst("$1");
    return SECRET.matcher(open).replaceAll("$1***");
  }
}
