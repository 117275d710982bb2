// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a service of a device, without a login that may have stood in it.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, an IPv6 address in brackets
 * @param port as it is used
 * @param path with the query, as it stands
 */
record ServiceUrl(String scheme, String host, int port, String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)(https?)://(?:[^/?#@]*@)?(\\[[^\\]/?#]+\\]|[^/?#@:\\[\\]]+)(?::([0-9]{1,5}))?([/?].*)?");

  /**
   * Takes an address apart.
   *
   * @throws SoapFailure if it is none of HTTP
   */
  static ServiceUrl of(String url) throws SoapFailure {
    Matcher form = FORM.matcher(url.strip());
    if (!form.matches() || portOf(form) > 65_535 || url.chars().anyMatch(Character::isISOControl)) {
      throw new SoapFailure(
          SoapFailure.Kind.UNREACHABLE,
          "the address of a camera begins with http:// or https:// and names a host, not like "
              + Words.quoted(url.replaceAll("//[^/]*@", "//")),
          null);
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    String rest = form.group(4) == null ? "/" : form.group(4);
    String path = rest.startsWith("/") ? rest : "/" + rest;
    return new ServiceUrl(scheme, form.group(2).toLowerCase(Locale.ROOT), portOf(form), path);
  }

  private static int portOf(Matcher form) {
    if (form.group(3) != null) {
      return Integer.parseInt(form.group(3));
    }
    return form.group(1).equalsIgnoreCase("https") ? 443 : 80;
  }

  /** Another path of the same server. */
  ServiceUrl at(String other) {
    return new ServiceUrl(scheme, host, port, other);
  }

  /** What tells devices apart. */
  String device() {
    return host + ":" + port;
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /** As it is asked, with the port where it is not the usual one. */
  @Override
  public String toString() {
    boolean usual = port == (isSecure() ? 443 : 80);
    return scheme + "://" + (usual ? host : device()) + path;
  }
}
