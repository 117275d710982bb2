// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.api.camera.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Logs in by Digest (RFC 7616, 2617, 2069) or Basic (RFC 7617). A password is tried at most twice
 * in a row, since cameras lock users out: first with the strongest challenge, then with the next
 * one, or with the new nonce. Confined to one thread.
 */
final class Authenticator {
  private static final int MOST_TRIES = 2;

  private final String user;
  private final String password;
  private final Supplier<String> clientNonces;
  private Challenge challenge;
  private boolean accepted;
  private int tries;
  private int count;

  /**
   * Makes an authenticator that has seen no challenge.
   *
   * @param clientNonces yields a new random text each time
   */
  Authenticator(Credentials credentials, Supplier<String> clientNonces) {
    user = RtspMessage.bytewise(credentials.user());
    password = RtspMessage.bytewise(credentials.password());
    this.clientNonces = clientNonces;
  }

  /**
   * Takes the challenges of an answer 401.
   *
   * @return whether to send the request again
   */
  boolean challenged(List<String> headers) {
    List<Challenge> offered =
        Challenge.parse(headers).stream()
            .filter(c -> c.strength() > 0)
            .sorted(Comparator.comparingInt(Challenge::strength).reversed())
            .toList();
    if (user.isEmpty() || offered.isEmpty() || tries >= MOST_TRIES) {
      return false;
    }
    challenge = choose(offered);
    tries++;
    count = 0;
    return true;
  }

  private Challenge choose(List<Challenge> offered) {
    Challenge best = offered.get(0);
    boolean refused = tries > 0 && !accepted && !best.parameter("stale").equalsIgnoreCase("true");
    int below = refused ? challenge.strength() : Integer.MAX_VALUE;
    return offered.stream().filter(c -> c.strength() < below).findFirst().orElse(best);
  }

  /** The request is left at that. The next one may try again, with the newest challenge. */
  void gaveUp() {
    tries = 0;
  }

  /** A request that carried the login was answered otherwise than by 401. */
  void accepted() {
    accepted = challenge != null;
    tries = 0;
  }

  /** The value of the header {@code Authorization}; empty before a challenge. */
  String header(String method, String url) {
    if (challenge == null) {
      return "";
    }
    return challenge.isDigest() ? digest(method, url) : basic();
  }

  private String basic() {
    String login = user + ":" + password;
    return "Basic "
        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String digest(String method, String url) {
    String nonce = challenge.parameter("nonce");
    String realm = challenge.parameter("realm");
    String qop = challenge.qop();
    String clientNonce = qop.isEmpty() && !challenge.isSession() ? "" : clientNonces.get();
    String nonceCount = String.format("%08x", ++count);
    String secret = hash(user + ":" + realm + ":" + password);
    if (challenge.isSession()) {
      secret = hash(secret + ":" + nonce + ":" + clientNonce);
    }
    String body = qop.equals("auth-int") ? ":" + hash("") : "";
    String request = hash(method + ":" + url + body);
    String middle =
        qop.isEmpty() ? nonce : nonce + ":" + nonceCount + ":" + clientNonce + ":" + qop;
    StringBuilder header = new StringBuilder("Digest ");
    header.append("username=").append(quoted(user));
    header.append(", realm=").append(quoted(realm)).append(", nonce=").append(quoted(nonce));
    header.append(", uri=\"").append(url).append("\", response=\"");
    header.append(hash(secret + ":" + middle + ":" + request)).append('"');
    if (!challenge.parameter("algorithm").isEmpty()) {
      header.append(", algorithm=").append(challenge.parameter("algorithm"));
    }
    if (!clientNonce.isEmpty()) {
      header.append(", cnonce=").append(quoted(clientNonce));
    }
    if (!qop.isEmpty()) {
      header.append(", qop=").append(qop).append(", nc=").append(nonceCount);
    }
    if (challenge.parameters().containsKey("opaque")) {
      header.append(", opaque=").append(quoted(challenge.parameter("opaque")));
    }
    return header.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(challenge.digestName());
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks " + challenge.digestName(), e);
    }
  }
}
