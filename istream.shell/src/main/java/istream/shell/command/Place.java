// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an address leads, so that two ways of writing it are equal.
 *
 * @param host in lower case, without brackets
 * @param port its own, or the one of its scheme
 * @param path with what follows it
 */
record Place(String host, int port, String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)(https?|rtsps?)://(?:[^/?#]*@)?(\\[[^\\]/?#]*\\]|[^:/?#@]+)(?::([0-9]{1,5}))?"
              + "([/?#].*)?");

  /** Nothing for what is no address. */
  static Optional<Place> of(String url) {
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String port = parts.group(3);
    String path = parts.group(4) == null ? "/" : parts.group(4);
    return Optional.of(
        new Place(
            host(parts.group(2)),
            port == null ? usual(parts.group(1)) : Integer.parseInt(port),
            path));
  }

  /** A host as it is compared. */
  static String host(String text) {
    return text.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  private static int usual(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> 80;
      case "https" -> 443;
      case "rtsp" -> 554;
      default -> 322;
    };
  }
}
