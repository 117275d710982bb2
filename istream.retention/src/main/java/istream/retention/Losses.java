// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.Segment;
import istream.api.footage.SegmentQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what a replica will never have. What follows without a pause makes an earlier loss
 * longer, within a day: so the ledger grows by few lines and is read by days. Confined to one
 * policy's looks.
 */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Function<String, Optional<GapLedger>> ledgers;
  private final Map<String, Gap> latest = new HashMap<>();

  /**
   * Makes one.
   *
   * @param ledgers finds the ledger of a storage by its id
   */
  Losses(Function<String, Optional<GapLedger>> ledgers) {
    this.ledgers = ledgers;
  }

  /**
   * Writes down that a segment goes before replicas have it.
   *
   * @throws FootageException if it could not be written
   */
  void record(Condemned condemned) throws FootageException {
    Segment segment = condemned.segment();
    for (String replica : condemned.lacking()) {
      GapLedger ledger =
          ledgers
              .apply(segment.storage())
              .orElseThrow(() -> new FootageException(missing(segment, replica), true, null));
      Gap loss = loss(condemned, replica);
      String name = segment.key().camera() + "/" + replica;
      Gap known = latest.get(name);
      Gap gap =
          known != null && goesOn(known, loss)
              ? longer(known, loss)
              : earlier(ledger, loss).map(before -> longer(before, loss)).orElse(loss);
      ledger.record(gap);
      if (gap.equals(loss)) {
        LOG.warn("footage of {} from {} on is {}", gap.camera(), gap.from(), gap.detail());
      }
      latest.put(name, gap);
    }
  }

  private static String missing(Segment segment, String replica) {
    return segment.key().path()
        + " stays: storage "
        + segment.storage()
        + " has no ledger at the moment to note that "
        + replica
        + " lacks it; see istream:status";
  }

  private static Gap loss(Condemned condemned, String replica) {
    Segment segment = condemned.segment();
    String why = condemned.cause() == GapCause.OPERATOR ? "for its age" : "to make room";
    return new Gap(
        segment.key().camera(),
        segment.key().start(),
        Optional.of(segment.end()),
        condemned.cause(),
        "deleted here " + why + " before " + replica + " had all of it",
        replica);
  }

  private static Optional<Gap> earlier(GapLedger ledger, Gap loss) throws FootageException {
    Instant from = loss.from().minus(PAUSE).minusMillis(1);
    return ledger.gaps(new SegmentQuery(loss.camera(), from, loss.from().plusMillis(1))).stream()
        .filter(gap -> goesOn(gap, loss))
        .findFirst();
  }

  private static boolean goesOn(Gap earlier, Gap loss) {
    Instant end = earlier.to().orElse(Instant.MAX);
    return earlier.storage().equals(loss.storage())
        && earlier.cause() == loss.cause()
        && !earlier.from().isAfter(loss.from())
        && !end.isBefore(loss.from().minus(PAUSE))
        && day(earlier.from()).equals(day(loss.from()));
  }

  private static Instant day(Instant instant) {
    return instant.truncatedTo(ChronoUnit.DAYS);
  }

  private static Gap longer(Gap gap, Gap loss) {
    Optional<Instant> to =
        gap.to().flatMap(end -> loss.to().map(later -> later.isAfter(end) ? later : end));
    return new Gap(gap.camera(), gap.from(), to, gap.cause(), gap.detail(), gap.storage());
  }
}
