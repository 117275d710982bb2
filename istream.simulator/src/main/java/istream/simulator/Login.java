// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The login that cameras ask for: Basic (RFC 7617) or Digest (RFC 2617, 3.2.2; with SHA-256 RFC
 * 7616). Never prints its password.
 *
 * @param user the user's name; empty for none
 * @param password the password, in clear
 * @param schemes what is offered, in this order
 */
public record Login(String user, String password, List<Scheme> schemes) {
  /** For cameras that everybody may watch. */
  public static final Login NONE = new Login("", "", List.of());

  private static final String REALM = "simulator";
  private static final Pattern FIELD = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]*))");

  /** A way to prove that one knows the password. */
  public enum Scheme {
    /** The password in clear. */
    BASIC(""),
    /** Digest with MD5. */
    DIGEST("MD5"),
    /** Digest with SHA-256. */
    SHA256("SHA-256");

    private final String algorithm;

    Scheme(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  /** Keeps a copy of the schemes. */
  public Login {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    schemes = List.copyOf(schemes);
  }

  /** Values of the headers WWW-Authenticate. */
  List<String> challenges(String nonce) {
    return schemes.stream().map(scheme -> challenge(scheme, nonce)).toList();
  }

  private static String challenge(Scheme scheme, String nonce) {
    return switch (scheme) {
      case BASIC -> "Basic realm=\"" + REALM + "\"";
      // as most cameras do, MD5 goes without saying
      case DIGEST -> "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\"";
      case SHA256 -> challenge(Scheme.DIGEST, nonce) + ", algorithm=SHA-256";
    };
  }

  /** Tells whether a header Authorization proves the login; it is empty if there was none. */
  boolean accepts(String method, String header, String nonce) {
    if (user.isEmpty()) {
      return true;
    }
    if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
      byte[] expected = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      String given = header.substring(6).trim();
      return schemes.contains(Scheme.BASIC)
          && given.equals(Base64.getEncoder().encodeToString(expected));
    }
    if (!header.regionMatches(true, 0, "Digest ", 0, 7)) {
      return false;
    }
    String algorithm = field(header, "algorithm");
    return schemes.stream()
        .filter(scheme -> scheme.algorithm.equals(algorithm.isEmpty() ? "MD5" : algorithm))
        .anyMatch(scheme -> digest(scheme, method, header, nonce));
  }

  private boolean digest(Scheme scheme, String method, String header, String nonce) {
    String secret = hash(scheme, user + ":" + REALM + ":" + password);
    String action = hash(scheme, method + ":" + field(header, "uri"));
    return field(header, "username").equals(user)
        && field(header, "nonce").equals(nonce)
        && field(header, "response")
            .equals(hash(scheme, secret + ":" + nonce + protection(header) + ":" + action));
  }

  /** RFC 7616, 3.4.1: what is hashed besides, if the reader chose a quality of protection. */
  private static String protection(String header) {
    String qop = field(header, "qop");
    return qop.isEmpty()
        ? ""
        : ":" + field(header, "nc") + ":" + field(header, "cnonce") + ":" + qop;
  }

  static String field(String header, String name) {
    Matcher matcher = FIELD.matcher(header);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        return matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      }
    }
    return "";
  }

  private static String hash(Scheme scheme, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(scheme.algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + scheme.algorithm, e);
    }
  }

  @Override
  public String toString() {
    return user.isEmpty() ? "Login[none]" : "Login[" + user + ", " + schemes + "]";
  }
}
