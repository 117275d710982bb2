// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.onvif.xml.Node;
import java.util.concurrent.locks.Lock;

/** Asks one device in SOAP. */
final class SoapConversation implements Conversation {
  private final ServiceUrl device;
  private final Line line;
  private final Logins logins;

  SoapConversation(ServiceUrl device, Line line, Logins logins) {
    this.device = device;
    this.line = line;
    this.logins = logins;
  }

  @Override
  public String deviceUrl() {
    return device.toString();
  }

  @Override
  public Node ask(String url, Question question) throws SoapFailure {
    ServiceUrl service = ServiceUrl.of(url);
    Lock turn = line.take(service);
    try {
      Reply reply = logins.ask(service, question);
      if (reply.isNowhere() && !service.path().equals(device.path())) {
        // many devices have all services at one path, whatever they say
        service = service.at(device.path());
        reply = logins.ask(service, question);
      }
      return reply.orThrow(question.operation(), service);
    } finally {
      turn.unlock();
    }
  }
}
