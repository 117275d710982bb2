// SPDX-License-Identifier: Apache-2.0
package istream.api.login;

import istream.api.camera.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way of logging in that a server offers (RFC 7235, 2.1), and the answer to it: Digest (RFC
 * 7616, 2617, 2069) or Basic (RFC 7617). Servers are cameras: their challenges are read leniently.
 *
 * @param scheme in lower case
 * @param parameters names in lower case, values without quotes
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  private static final int MOST = 16;

  /**
   * A request that is to carry an answer.
   *
   * @param method such as {@code POST}
   * @param uri as it stands in the request line
   * @param body what is sent, as UTF-8; empty if nothing is
   */
  public record Request(String method, String uri, String body) {}

  /** A scheme, or a name and a value; the comma between two is optional. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\\G[\\s,]*([^\\s,=\"]+)(?:\\s*=\\s*(?:\"(.*?)(?:(?<!\\\\)\"|$)|([^\\s,\"]*)))?");

  /** Reads all challenges of all given headers, in their order. */
  public static List<Challenge> parse(List<String> headers) {
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

  /** The value of a parameter (its name in lower case); empty if it is not there. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Whether the scheme is Digest. */
  public boolean isDigest() {
    return scheme.equals("digest");
  }

  /** The algorithm of a digest as it stands, in upper case; MD5 if none is named. */
  private String algorithm() {
    String algorithm = parameter("algorithm").toUpperCase(Locale.ROOT);
    return algorithm.isEmpty() ? "MD5" : algorithm;
  }

  private boolean isSession() {
    return algorithm().endsWith("-SESS");
  }

  /** The name of the digest for the JDK; empty if it is none that is known. */
  private String digestName() {
    return switch (algorithm().replace("-SESS", "")) {
      case "MD5" -> "MD5";
      case "SHA-256" -> "SHA-256";
      case "SHA-512-256" -> "SHA-512/256";
      default -> "";
    };
  }

  /** How much it protects the password; 0 if it cannot be answered. */
  public int strength() {
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
  private String qop() {
    List<String> offered = List.of(parameter("qop").toLowerCase(Locale.ROOT).split("[\\s,]+", -1));
    return offered.contains("auth") ? "auth" : offered.contains("auth-int") ? "auth-int" : "";
  }

  /**
   * The value of the header {@code Authorization}.
   *
   * @param clientNonce a new random text
   * @param count how often this nonce has been answered, with this time
   * @throws IllegalStateException if it cannot be answered: its strength is 0
   */
  public String answer(Request request, Credentials login, String clientNonce, int count) {
    if (isDigest()) {
      return digest(request, login, clientNonce, String.format("%08x", count));
    }
    byte[] both = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private String digest(Request request, Credentials login, String random, String count) {
    String nonce = parameter("nonce");
    String realm = parameter("realm");
    String qop = qop();
    String clientNonce = qop.isEmpty() && !isSession() ? "" : random;
    String user = bytewise(login.user());
    String secret = hash(user + ":" + realm + ":" + bytewise(login.password()));
    if (isSession()) {
      secret = hash(secret + ":" + nonce + ":" + clientNonce);
    }
    String body = qop.equals("auth-int") ? ":" + hash(bytewise(request.body())) : "";
    String asked = hash(request.method() + ":" + request.uri() + body);
    String middle = qop.isEmpty() ? nonce : nonce + ":" + count + ":" + clientNonce + ":" + qop;
    StringBuilder header = new StringBuilder("Digest ");
    header.append("username=").append(quoted(user));
    header.append(", realm=").append(quoted(realm)).append(", nonce=").append(quoted(nonce));
    header.append(", uri=\"").append(request.uri()).append("\", response=\"");
    header.append(hash(secret + ":" + middle + ":" + asked)).append('"');
    if (!parameter("algorithm").isEmpty()) {
      header.append(", algorithm=").append(parameter("algorithm"));
    }
    if (!clientNonce.isEmpty()) {
      header.append(", cnonce=").append(quoted(clientNonce));
    }
    if (!qop.isEmpty()) {
      header.append(", qop=").append(qop).append(", nc=").append(count);
    }
    if (parameters.containsKey("opaque")) {
      header.append(", opaque=").append(quoted(parameter("opaque")));
    }
    return header.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Each byte of the UTF-8 of a text of ours as a character, as it goes over the wire. */
  private static String bytewise(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private String hash(String bytewise) {
    try {
      byte[] bytes = bytewise.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance(digestName()).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a challenge that cannot be answered: " + scheme, e);
    }
  }
}
