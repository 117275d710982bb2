// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import istream.api.login.Challenge;
import istream.onvif.http.HttpRequest;
import istream.onvif.soap.SoapFailure.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks with a login, in the way that the device takes, and so that it does not lock the user out:
 * after two refusals in a row it is not asked with that password for a while.
 */
final class Logins {
  private final Line line;
  private final Credentials credentials;
  private final LoginHash hash;
  private final Times times;
  private final Signer signer;
  private boolean acceptedHere;

  Logins(Line line, Credentials credentials, LoginHash hash, Times times, Signer signer) {
    this.line = line;
    this.credentials = credentials;
    this.hash = hash;
    this.times = times;
    this.signer = signer;
  }

  /**
   * Asks; the answer is no refusal.
   *
   * @throws SoapFailure if the device refuses, or there is no answer
   */
  Reply ask(ServiceUrl url, Question question) throws SoapFailure {
    if (!credentials.present()) {
      return withoutLogin(url, question);
    }
    Standing standing = line.acquaintance(url).standing(credentials, hash);
    Optional<Standing.Pause> bar = standing.bar(question, times.now());
    if (bar.isPresent()) {
      throw refusal(url, question, bar.get(), "");
    }
    return new Attempt(url, question, standing).reply();
  }

  private Reply withoutLogin(ServiceUrl url, Question question) throws SoapFailure {
    Reply reply = line.ask(url, question);
    if (reply.isRefusal()) {
      String cause = url + " wants a login for " + question.operation() + ": " + reply.words();
      throw new SoapFailure(Kind.NEEDS_LOGIN, cause + "; name one with --user", null);
    }
    return reply;
  }

  private SoapFailure refusal(
      ServiceUrl url, Question question, Standing.Pause pause, String more) {
    String message =
        String.format(
            "%s refused the user %s for %s at %s: %s.%s It is not asked again with this password"
                + " before %s, so that it does not lock the user out. The user for ONVIF is often"
                + " another one than that of the camera's web page, and some cameras need one made"
                + " for ONVIF, with enough rights: change user and .password in the camera's file,"
                + " or try another with --user",
            url.device(),
            Words.quoted(credentials.user()),
            question.operation(),
            pause.shownSince(),
            pause.words(),
            more,
            pause.shownUntil());
    return new SoapFailure(Kind.REFUSES_LOGIN, message, null);
  }

  /** One question, with the requests that it takes. */
  private final class Attempt {
    private final ServiceUrl url;
    private final Question question;
    private final Standing standing;
    private final int before;

    Attempt(ServiceUrl url, Question question, Standing standing) {
      this.url = url;
      this.question = question;
      this.standing = standing;
      this.before = standing.refusals();
    }

    Reply reply() throws SoapFailure {
      Way way = standing.way().orElseGet(this::first);
      Reply reply = send(way);
      if (!reply.isRefusal()) {
        return kept(way, reply);
      }
      boolean proven = isProven();
      Optional<Way> next = proven ? renewed(way, reply) : other(way, reply);
      if (next.isPresent() && !standing.isSpent()) {
        reply = send(next.get());
        if (!reply.isRefusal()) {
          return kept(next.get(), reply);
        }
      }
      throw refused(reply, proven);
    }

    private Way first() {
      Optional<Challenge> offered = line.acquaintance(url).offered().filter(Challenge::isDigest);
      offered.ifPresent(standing::challenged);
      return offered.isPresent() ? Way.HTTP : Way.TOKEN;
    }

    /** Another way for a login that never worked. */
    private Optional<Way> other(Way way, Reply reply) {
      if (reply.challenge().isPresent() && (way != Way.HTTP || isStale(reply))) {
        standing.challenged(reply.challenge().get());
        return Optional.of(Way.HTTP);
      }
      if (way == Way.HTTP) {
        return Optional.of(Way.TOKEN);
      }
      if (reply.isStrangerToTokens()) {
        return Optional.of(Way.NONE);
      }
      return way == Way.TOKEN && times.differ()
          ? Optional.of(Way.TOKEN_BY_OUR_CLOCK)
          : Optional.empty();
    }

    /** The same way for a login that works, if only the nonce is used up. */
    private Optional<Way> renewed(Way way, Reply reply) {
      Optional<Challenge> newest = way == Way.HTTP ? reply.challenge() : Optional.empty();
      boolean fresh = newest.isPresent() && (isStale(reply) || isOtherNonce(newest.get()));
      newest.filter(one -> fresh).ifPresent(standing::challenged);
      return fresh ? Optional.of(way) : Optional.empty();
    }

    private boolean isOtherNonce(Challenge newest) {
      String used = standing.challenge().map(one -> one.parameter("nonce")).orElse("");
      return !newest.parameter("nonce").equals(used);
    }

    private boolean isStale(Reply reply) {
      return reply
          .challenge()
          .filter(c -> c.parameter("stale").equalsIgnoreCase("true"))
          .isPresent();
    }

    /** Tells too few rights for a question from a login that the device never looked at. */
    private boolean isProven() throws SoapFailure {
      Optional<Standing.Proof> proof = standing.proof();
      if (proof.isEmpty() || standing.isSure()) {
        return proof.isPresent();
      }
      Question asked = proof.get().question();
      Reply reply = line.ask(proof.get().url(), asked);
      if (reply.isRefusal()) {
        standing.sure();
        return true;
      }
      line.acquaintance(url).answeredEverybody(asked);
      standing.unproven();
      acceptedHere = false;
      return false;
    }

    private Reply kept(Way way, Reply reply) throws SoapFailure {
      if (reply.isGood() && !line.acquaintance(url).answersEverybody(question)) {
        standing.take(way);
        standing.accepted(url, question);
        acceptedHere = true;
      } else if (reply.isGood() || reply.isAboutTheQuestion()) {
        if (standing.refusals() > before) {
          standing.take(way);
        }
      } else {
        unclear(reply.words());
      }
      return reply;
    }

    /** A device that has refused is not given the benefit of the doubt. */
    private void unclear(String words) {
      if (standing.refusals() > 0) {
        standing.refusals(standing.refusals() + 1);
        if (standing.isSpent()) {
          standing.pause(times.now(), words);
        }
      }
    }

    private SoapFailure refused(Reply reply, boolean proven) {
      if (proven && acceptedHere) {
        // it took the login just now: one refusal, however many requests it took to hear it
        standing.refusals(before + 1);
      }
      Instant now = times.now();
      boolean alone = proven && !standing.isSpent();
      Standing.Pause pause =
          alone ? standing.deny(question, now, reply.words()) : standing.pause(now, reply.words());
      String clear = " It would take the password in clear only, which others could read.";
      return refusal(url, question, pause, reply.wantsClearPassword() ? clear : "");
    }

    private Reply send(Way way) throws SoapFailure {
      try {
        Reply reply = line.send(signed(way), question);
        if (reply.isRefusal()) {
          standing.refusals(standing.refusals() + 1);
        }
        return reply;
      } catch (SoapFailure e) {
        if (e.kind() != Kind.UNREACHABLE) {
          unclear(e.getMessage());
        }
        throw e;
      }
    }

    private HttpRequest signed(Way way) {
      Dialect dialect = line.acquaintance(url).dialect();
      return way == Way.HTTP
          ? signer.answer(dialect.request(url, question, ""), url, standing)
          : dialect.request(url, question, signer.token(way));
    }
  }
}
