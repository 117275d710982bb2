// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.api.camera.Credentials;
import istream.api.login.Challenge;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Logs in by Digest (RFC 7616, 2617, 2069) or Basic (RFC 7617). A password is tried at most twice
 * in a row, since cameras lock users out: first with the strongest challenge, then with the next
 * one, or with the new nonce. Confined to one thread.
 */
final class Authenticator {
  private static final int MOST_TRIES = 2;

  private final Credentials credentials;
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
    this.credentials = credentials;
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
    if (!credentials.present() || offered.isEmpty() || tries >= MOST_TRIES) {
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
    Challenge.Request request = new Challenge.Request(method, url, "");
    return challenge.answer(request, credentials, clientNonces.get(), ++count);
  }
}
