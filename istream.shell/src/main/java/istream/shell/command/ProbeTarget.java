// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.karaf.shell.support.CommandException;

/** Refuses addresses that a stream cannot be asked at, without repeating a login in them. */
final class ProbeTarget {
  private ProbeTarget() {}

  /** Tells whether the word looks like an address. */
  static boolean looksLikeAddress(String word) {
    return word.toLowerCase(Locale.ROOT).matches("rtsps?://.*");
  }

  /**
   * Returns the address.
   *
   * @throws CommandException if it holds a login or is no RTSP address
   */
  static String require(String url) throws CommandException {
    if (!looksLikeAddress(url)) {
      throw new CommandException("an address begins with rtsp://, such as rtsp://192.0.2.7/stream");
    }
    String authority = url.substring(url.indexOf("//") + 2).split("[/?#]", 2)[0];
    if (authority.contains("@")) {
      throw new CommandException(
          "a login in the address would end up in logs: give --user USER --password instead");
    }
    try {
      if (new URI(url.substring(0, url.indexOf("//") + 2) + authority).getHost() == null) {
        throw new CommandException(
            "the address lacks a host and, if need be, a port: rtsp://HOST:PORT/PATH; a login goes"
                + " into --user and --password");
      }
    } catch (URISyntaxException e) {
      throw new CommandException("the address is not rtsp://HOST:PORT/PATH");
    }
    return url;
  }
}
