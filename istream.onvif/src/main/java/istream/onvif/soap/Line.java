// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.onvif.http.HttpClient;
import istream.onvif.http.HttpRequest;
import istream.onvif.soap.SoapFailure.Kind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/** Carries questions to devices within one deadline. */
final class Line {
  /** A client gives up at the deadline, not quite to the nanosecond. */
  private static final long NEARLY = TimeUnit.MILLISECONDS.toNanos(100);

  private final HttpClient http;
  private final Function<ServiceUrl, Acquaintance> acquaintances;
  private final long deadline;

  Line(HttpClient http, Function<ServiceUrl, Acquaintance> acquaintances, long deadline) {
    this.http = http;
    this.acquaintances = acquaintances;
    this.deadline = deadline;
  }

  /** What is known of the device there. */
  Acquaintance acquaintance(ServiceUrl url) {
    return acquaintances.apply(url);
  }

  /**
   * Waits until nobody else asks the device; to be unlocked.
   *
   * @throws SoapFailure if that takes too long
   */
  Lock take(ServiceUrl url) throws SoapFailure {
    return acquaintance(url).take(url, deadline);
  }

  /**
   * Asks without a login; a device that has nothing to say is asked once more in another dialect.
   */
  Reply ask(ServiceUrl url, Question question) throws SoapFailure {
    Acquaintance device = acquaintance(url);
    Reply reply = send(device.dialect().request(url, question, ""), question);
    if (!reply.isMute()) {
      return reply;
    }
    Dialect other = device.dialect() == Dialect.SOAP12 ? Dialect.SOAP11 : Dialect.SOAP12;
    Reply second = send(other.request(url, question, ""), question);
    if (second.isSoap()) {
      device.speaks(other);
    }
    return second;
  }

  /**
   * Sends a request and reads what comes back.
   *
   * @throws SoapFailure if nothing comes, or too much
   */
  Reply send(HttpRequest request, Question question) throws SoapFailure {
    try {
      return Reply.read(http.post(request, deadline), question.operation());
    } catch (SoapFailure e) {
      if (e.kind() != Kind.SILENT || deadline - System.nanoTime() < NEARLY) {
        throw e;
      }
      // not late, so it hung up: some devices do where they know no such question
      String cause = request.url() + " closes the connection at " + question.operation();
      throw new SoapFailure(Kind.UNSUPPORTED, cause + " and says nothing", e);
    }
  }
}
