// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import istream.api.login.Challenge;
import istream.onvif.http.HttpRequest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Puts a login into requests, never the same way twice. */
final class Signer {
  private final Credentials credentials;
  private final Times times;
  private final SecureRandom random;

  Signer(Credentials credentials, Times times, SecureRandom random) {
    this.credentials = credentials;
    this.times = times;
    this.random = random;
  }

  /** What stands in an envelope's header; empty for a way that needs nothing there. */
  String token(Way way) {
    return switch (way) {
      case TOKEN -> UsernameToken.of(credentials, bytes(), times.theirs());
      case TOKEN_BY_OUR_CLOCK -> UsernameToken.of(credentials, bytes(), times.now());
      case HTTP, NONE -> "";
    };
  }

  /** A request with the answer to the newest challenge. */
  HttpRequest answer(HttpRequest plain, ServiceUrl url, Standing standing) {
    Challenge.Request asked = new Challenge.Request("POST", url.path(), plain.body());
    Challenge challenge = standing.challenge().orElseThrow();
    String client = HexFormat.of().formatHex(bytes());
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.put(
        "Authorization", challenge.answer(asked, credentials, client, standing.nextAnswer()));
    return new HttpRequest(plain.url(), headers, plain.body());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }
}
