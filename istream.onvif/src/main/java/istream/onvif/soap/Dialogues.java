// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import istream.onvif.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Conversations in SOAP over HTTP. */
public final class Dialogues implements Conversations {
  private static final int MOST_DEVICES = 1024;

  private final HttpClient http;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final LoginHash hash = new LoginHash(random);
  private final Map<String, Acquaintance> acquaintances = new Bounded<>(MOST_DEVICES);

  /** Makes one that knows no device yet. */
  public Dialogues(HttpClient http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  @Override
  public Conversation open(String url, Credentials credentials, long deadline) throws SoapFailure {
    Line line = new Line(http, this::acquaintance, deadline);
    Greeting greeting = Greeting.of(ServiceUrl.of(url), line, clock);
    Times times = new Times(clock, greeting.skew());
    Signer signer = new Signer(credentials, times, random);
    Logins logins = new Logins(line, credentials, hash, times, signer);
    return new SoapConversation(greeting.url(), line, logins);
  }

  private Acquaintance acquaintance(ServiceUrl url) {
    synchronized (acquaintances) {
      return acquaintances.computeIfAbsent(url.device(), none -> new Acquaintance());
    }
  }
}
