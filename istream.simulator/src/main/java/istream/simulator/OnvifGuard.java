// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lets in who proves the password: by a token (WS-UsernameToken) or by HTTP Digest, each once. */
final class OnvifGuard {
  private final Login login;
  private final OnvifSettings.Logins logins;
  private final Clock clock;
  private final Latest tokens = new Latest();
  private final Latest nonces = new Latest();

  OnvifGuard(Login login, OnvifSettings.Logins logins, Clock clock) {
    this.login = digests(login);
    this.logins = login.user().isEmpty() ? OnvifSettings.Logins.NONE : logins;
    this.clock = clock;
  }

  /** Devices ask for no password in clear: if streams do, for a digest with MD5. */
  private static Login digests(Login login) {
    List<Login.Scheme> schemes = new ArrayList<>(login.schemes());
    schemes.remove(Login.Scheme.BASIC);
    return new Login(
        login.user(), login.password(), schemes.isEmpty() ? List.of(Login.Scheme.DIGEST) : schemes);
  }

  /** Whether a request bears a proof, right or wrong. */
  static boolean proof(HttpQuestion http, SoapQuestion soap) {
    return soap.token().isPresent() || !http.header("authorization").isEmpty();
  }

  /** Whether nobody needs a password. */
  boolean everybody() {
    return logins == OnvifSettings.Logins.NONE;
  }

  boolean admits(HttpQuestion http, SoapQuestion soap) {
    return switch (logins) {
      case NONE -> true;
      case WSSE -> token(soap);
      case DIGEST -> digest(http);
      case BOTH -> token(soap) || digest(http);
    };
  }

  private boolean token(SoapQuestion soap) {
    return soap.token()
        .filter(token -> token.proves(login) && token.fresh(clock.instant()))
        .filter(token -> tokens.add(token.nonce() + " " + token.created()))
        .isPresent();
  }

  private boolean digest(HttpQuestion http) {
    String header = http.header("authorization");
    String nonce = Login.field(header, "nonce");
    return Login.field(header, "uri").endsWith(http.path())
        && login.accepts(http.method(), header, nonce)
        && nonces.advance(nonce, count(Login.field(header, "nc")));
  }

  /** How often a nonce was used; without a count it is good once. */
  private static long count(String text) {
    return text.matches("\\p{XDigit}{8}") ? Long.parseLong(text, 16) : 1;
  }

  /** Values of the headers WWW-Authenticate that go with a refusal. */
  List<String> challenges() {
    if (logins == OnvifSettings.Logins.NONE || logins == OnvifSettings.Logins.WSSE) {
      return List.of();
    }
    String nonce = UUID.randomUUID().toString();
    nonces.add(nonce);
    return login.challenges(nonce).stream().map(text -> text + ", qop=\"auth\"").toList();
  }
}
