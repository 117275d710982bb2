// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import istream.api.login.Challenge;
import istream.onvif.soap.SoapFailure.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What was learnt of a device. What has to do with logins is for the thread that has its turn. */
final class Acquaintance {
  private static final int MOST_LOGINS = 16;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final Map<String, Standing> standings = new Bounded<>(MOST_LOGINS);

  /** What is answered to everybody; these are by the standard. */
  private final Set<String> open =
      new HashSet<>(
          Set.of(
              "GetServices",
              "GetServiceCapabilities",
              "GetCapabilities",
              "GetWsdlUrl",
              "GetHostname",
              "GetEndpointReference",
              "GetSystemDateAndTime"));

  private Dialect dialect = Dialect.SOAP12;
  private volatile Optional<Challenge> offered = Optional.empty();

  /**
   * Waits for one's turn at a device, which is asked one question at a time; to be unlocked.
   *
   * @throws SoapFailure if it does not come before the deadline
   */
  Lock take(ServiceUrl url, long deadline) throws SoapFailure {
    try {
      if (turn.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return turn;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SoapFailure(Kind.SILENT, url + " was not asked: interrupted", e);
    }
    String cause =
        url + " was not asked in time, since it was busy with other questions; try again";
    throw new SoapFailure(Kind.SILENT, cause, null);
  }

  /** How a login stands with it. */
  Standing standing(Credentials credentials, LoginHash hash) {
    return standings.computeIfAbsent(hash.of(credentials), none -> new Standing());
  }

  boolean answersEverybody(Question question) {
    return open.contains(question.operation());
  }

  /** It answers that without a login, too. */
  void answeredEverybody(Question question) {
    open.add(question.operation());
  }

  Dialect dialect() {
    return dialect;
  }

  void speaks(Dialect understood) {
    dialect = understood;
  }

  /** What it offered when it was asked for its clock without a login. */
  Optional<Challenge> offered() {
    return offered;
  }

  void offers(Optional<Challenge> challenge) {
    offered = challenge;
  }
}
