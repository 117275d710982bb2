// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way of logging in that a server offers (RFC 7235, 2.1).
 *
 * @param scheme in lower case
 * @param parameters names in lower case, values without quotes
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final int MOST = 16;

  /** A scheme, or a name and a value; the comma between two is optional. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\\G[\\s,]*([^\\s,=\"]+)(?:\\s*=\\s*(?:\"(.*?)(?:(?<!\\\\)\"|$)|([^\\s,\"]*)))?");

  /** Reads all challenges of all given headers, in their order. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      Matcher piece = PIECE.matcher(header);
      Challenge current = null;
      while (piece.find() && challenges.size() < MOST) {
        String name = piece.group(1).toLowerCase(Locale.ROOT);
        String value = piece.group(2) == null ? piece.group(3) : unescaped(piece.group(2));
        if (value == null) {
          current = new Challenge(name, new HashMap<>());
          challenges.add(current);
        } else if (current != null) {
          current.parameters.putIfAbsent(name, value);
        }
      }
    }
    return challenges;
  }

  private static String unescaped(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  boolean isDigest() {
    return scheme.equals("digest");
  }

  /** The algorithm of a digest as it stands, in upper case; MD5 if none is named. */
  String algorithm() {
    String algorithm = parameter("algorithm").toUpperCase(Locale.ROOT);
    return algorithm.isEmpty() ? "MD5" : algorithm;
  }

  boolean isSession() {
    return algorithm().endsWith("-SESS");
  }

  /** The name of the digest for the JDK; empty if it is none that is known. */
  String digestName() {
    return switch (algorithm().replace("-SESS", "")) {
      case "MD5" -> "MD5";
      case "SHA-256" -> "SHA-256";
      case "SHA-512-256" -> "SHA-512/256";
      default -> "";
    };
  }

  /** How much it protects the password; 0 if it cannot be answered. */
  int strength() {
    if (scheme.equals("basic")) {
      return 1;
    }
    if (!isDigest() || parameter("nonce").isEmpty()) {
      return 0;
    }
    return switch (digestName()) {
      case "MD5" -> 2;
      case "SHA-256" -> 3;
      case "SHA-512/256" -> 4;
      default -> 0;
    };
  }

  /** The quality of protection to use; empty for the old way without (RFC 2069). */
  String qop() {
    List<String> offered = List.of(parameter("qop").toLowerCase(Locale.ROOT).split("[\\s,]+", -1));
    return offered.contains("auth") ? "auth" : offered.contains("auth-int") ? "auth-int" : "";
  }
}
