// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.onvif.soap.SoapFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * How a device answered when it was asked for its clock.
 *
 * @param url of its device service
 * @param skew by how much its clock is ahead of ours; zero if it did not tell
 */
record Greeting(ServiceUrl url, Duration skew) {
  private static final Question CLOCK = new Question(Service.DEVICE, "GetSystemDateAndTime");

  private static final List<String> PATHS =
      List.of("/onvif/device_service", "/onvif/device", "/onvif/services", "/device_service", "/");

  /**
   * Asks at the address, and at the other usual paths of that server.
   *
   * @throws SoapFailure if nothing there could be a device
   */
  static Greeting of(ServiceUrl url, Line line, Clock clock) throws SoapFailure {
    List<SoapFailure> failures = new ArrayList<>();
    Optional<Greeting> doubtful = Optional.empty();
    for (ServiceUrl one : candidates(url)) {
      try {
        Reply reply = ask(one, line);
        Greeting greeting = new Greeting(cameFrom(one, reply), skew(reply, clock.instant()));
        if (reply.isSoap() || (reply.isRefusal() && looksLikeDevice(one))) {
          line.acquaintance(greeting.url).offers(reply.challenge());
          return greeting;
        }
        doubtful = doubtful.or(() -> Optional.of(greeting).filter(g -> g.mayBe(reply)));
        failures.add(failure(one, reply));
      } catch (SoapFailure e) {
        failures.add(e);
        if (e.kind() == Kind.UNREACHABLE || e.kind() == Kind.SILENT) {
          break;
        }
      }
    }
    return doubtful.orElseThrow(() -> failures.get(0));
  }

  private static Reply ask(ServiceUrl url, Line line) throws SoapFailure {
    Lock turn = line.take(url);
    try {
      return line.ask(url, CLOCK);
    } finally {
      turn.unlock();
    }
  }

  private static List<ServiceUrl> candidates(ServiceUrl url) {
    List<ServiceUrl> candidates = new ArrayList<>(List.of(url));
    PATHS.stream().map(url::at).filter(one -> !one.equals(url)).forEach(candidates::add);
    return candidates;
  }

  /** A server that leads elsewhere on its own host is asked there from now on. */
  private static ServiceUrl cameFrom(ServiceUrl asked, Reply reply) throws SoapFailure {
    ServiceUrl answered = ServiceUrl.of(reply.answer().url());
    return answered.host().equals(asked.host()) ? answered : asked;
  }

  private static Duration skew(Reply reply, Instant now) {
    return CameraClock.read(reply.document(), reply.answer())
        .map(theirs -> Duration.between(now, theirs))
        .orElse(Duration.ZERO);
  }

  private static boolean looksLikeDevice(ServiceUrl url) {
    String path = url.path().toLowerCase(Locale.ROOT);
    return path.contains("onvif") || path.contains("device_service");
  }

  /**
   * A server that wants a login for everything, or breaks at this question where a device may be.
   */
  private boolean mayBe(Reply reply) {
    int status = reply.answer().status();
    boolean broken = status == 400 || status >= 500;
    return reply.isRefusal() || (broken && !reply.isEmpty() && looksLikeDevice(url));
  }

  private static SoapFailure failure(ServiceUrl url, Reply reply) {
    if (reply.isEmpty()) {
      String cause = url + " answers with nothing, status " + reply.answer().status();
      return new SoapFailure(Kind.SILENT, cause, null);
    }
    String cause = url + " is no ONVIF device: status " + reply.answer().status();
    return new SoapFailure(
        reply.isNowhere() ? Kind.UNSUPPORTED : Kind.NONSENSE,
        cause + ", " + reply.words() + "; is ONVIF switched on in the camera, or at another port?",
        null);
  }
}
