// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the services of a device are, seen from where the device was reached. */
final class ServiceAddress {
  private static final int LONGEST = 512;
  private static final Pattern URL = Pattern.compile("(?i)(https?:/{0,2})([^/?#\\s]*)(\\S*)");

  private final String base;
  private final Authority authority;
  private final String devicePath;

  ServiceAddress(String deviceUrl) {
    Matcher url = URL.matcher(deviceUrl);
    boolean usual = url.matches();
    base = usual ? url.group(1) + url.group(2) : deviceUrl;
    authority = Authority.read(usual ? url.group(2) : "");
    devicePath = usual ? url.group(3) : "";
  }

  /** A path at the device. */
  String at(String path) {
    return base + path;
  }

  /**
   * Where a service may be: at the scheme, host and port at which the device was reached, for it
   * may not know them; if it names another port of that same host, then there.
   *
   * @param told what the device says; may be empty
   */
  List<String> of(String told) {
    String first = told.strip().split("\\s", 2)[0];
    Matcher url = URL.matcher(first);
    String path = path(url.matches() ? url.group(3) : first.replaceFirst("^[^/]*", ""));
    String here = at(path);
    if (!url.matches()) {
      return List.of(here);
    }
    Authority own = Authority.read(url.group(2));
    boolean elsewhere = own.host().equals(authority.host()) && own.port() != authority.port();
    String scheme = url.group(1).toLowerCase(Locale.ROOT).startsWith("https") ? "https" : "http";
    String there = scheme + "://" + own.host() + (own.port() == 0 ? "" : ":" + own.port()) + path;
    return elsewhere && !there.equals(here) ? List.of(here, there) : List.of(here);
  }

  private String path(String told) {
    if (told.isEmpty() || told.length() > LONGEST) {
      return devicePath;
    }
    return (told.startsWith("/") ? "" : "/") + Escapes.visible(told);
  }
}
