// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** A login inside an envelope (WS-Security UsernameToken Profile 1.0, PasswordDigest). */
final class UsernameToken {
  private static final String OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
  private static final String PROFILE = OASIS + "username-token-profile-1.0#PasswordDigest";
  private static final String BASE64 = OASIS + "soap-message-security-1.0#Base64Binary";

  private UsernameToken() {}

  /**
   * The header's element.
   *
   * @param nonce new random bytes
   * @param now by the clock that the device goes by
   */
  static String of(Credentials login, byte[] nonce, Instant now) {
    // whole seconds and Z: the one form that no device is known to refuse
    String created = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return "<wsse:Security s:mustUnderstand=\"1\""
        + (" xmlns:wsse=\"" + OASIS + "wssecurity-secext-1.0.xsd\"")
        + (" xmlns:wsu=\"" + OASIS + "wssecurity-utility-1.0.xsd\">")
        + ("<wsse:UsernameToken><wsse:Username>" + escaped(login.user()) + "</wsse:Username>")
        + ("<wsse:Password Type=\"" + PROFILE + "\">")
        + (digest(nonce, created, login.password()) + "</wsse:Password>")
        + ("<wsse:Nonce EncodingType=\"" + BASE64 + "\">")
        + (Base64.getEncoder().encodeToString(nonce) + "</wsse:Nonce>")
        + ("<wsu:Created>" + created + "</wsu:Created></wsse:UsernameToken></wsse:Security>");
  }

  static String digest(byte[] nonce, String created, String password) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(created.getBytes(StandardCharsets.UTF_8));
      sha1.update(password.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** A text as it stands between tags; what XML has no place for goes. */
  private static String escaped(String text) {
    StringBuilder xml = new StringBuilder();
    text.codePoints()
        .filter(c -> c == '\t' || !Character.isISOControl(c))
        .forEach(c -> append(xml, c));
    return xml.toString();
  }

  private static void append(StringBuilder xml, int c) {
    switch (c) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '"' -> xml.append("&quot;");
      case '\'' -> xml.append("&apos;");
      default -> xml.appendCodePoint(c);
    }
  }
}
