// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.login.Challenge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one login stands with one device: which way it takes, what it refused, and until when it is
 * not asked. Confined to the thread that has the device.
 */
final class Standing {
  /** A question that was answered, to tell a login that is taken from one that nobody looks at. */
  record Proof(ServiceUrl url, Question question) {}

  /** Not to be asked between these instants, because of these words of the device. */
  record Pause(Instant since, Instant until, String words) {
    boolean covers(Instant now) {
      // a clock that was set back ends it
      return !now.isBefore(since) && now.isBefore(until);
    }

    Instant shownSince() {
      return since.truncatedTo(ChronoUnit.SECONDS);
    }

    Instant shownUntil() {
      return until.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

  private static final int MOST_REFUSALS = 2;
  private static final int MOST_DENIED = 32;

  private final Map<String, Pause> denied = new HashMap<>();
  private Optional<Pause> pause = Optional.empty();
  private Optional<Proof> proof = Optional.empty();
  private Optional<Way> way = Optional.empty();
  private Optional<Challenge> challenge = Optional.empty();
  private boolean sure;
  private int answers;
  private int refusals;
  private int pauses;

  /** Why it is not asked now, the login as a whole or this question. */
  Optional<Pause> bar(Question question, Instant now) {
    denied.values().removeIf(one -> !one.covers(now));
    return pause
        .filter(one -> one.covers(now))
        .or(() -> Optional.ofNullable(denied.get(name(question))));
  }

  /** The way that worked, or that is most promising. */
  Optional<Way> way() {
    return way;
  }

  void take(Way promising) {
    way = Optional.of(promising);
  }

  Optional<Challenge> challenge() {
    return challenge;
  }

  void challenged(Challenge newest) {
    challenge = Optional.of(newest);
    answers = 0;
  }

  /** How often the challenge has been answered, with this time. */
  int nextAnswer() {
    return ++answers;
  }

  /** What showed that the login is taken. */
  Optional<Proof> proof() {
    return proof;
  }

  boolean isSure() {
    return sure;
  }

  /** It turned out that the device answers that to nobody. */
  void sure() {
    sure = true;
  }

  /** It turned out that the device answers that to everybody. */
  void unproven() {
    proof = Optional.empty();
  }

  /** A question was answered that not everybody gets answered, as far as is known. */
  void accepted(ServiceUrl url, Question question) {
    if (!sure) {
      proof = Optional.of(new Proof(url, question));
    }
    denied.remove(name(question));
    refusals = 0;
    pauses = 0;
  }

  int refusals() {
    return refusals;
  }

  void refusals(int inARow) {
    refusals = inARow;
  }

  /** Whether another request with this login may lock the user out. */
  boolean isSpent() {
    return refusals >= MOST_REFUSALS;
  }

  /** The login is not used for a while, each time a longer one, and then begins anew. */
  Pause pause(Instant now, String words) {
    Duration length = PAUSES.get(Math.min(pauses++, PAUSES.size() - 1));
    Pause begun = new Pause(now, now.plus(length), words);
    pause = Optional.of(begun);
    proof = Optional.empty();
    way = Optional.empty();
    challenge = Optional.empty();
    sure = false;
    refusals = 0;
    return begun;
  }

  /** This question is not asked for a while. */
  Pause deny(Question question, Instant now, String words) {
    Pause begun = new Pause(now, now.plus(PAUSES.get(0)), words);
    if (denied.size() < MOST_DENIED) {
      denied.put(name(question), begun);
    }
    return begun;
  }

  private static String name(Question question) {
    return question.service() + " " + question.operation();
  }
}
