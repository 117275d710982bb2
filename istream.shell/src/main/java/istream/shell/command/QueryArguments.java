// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.configuration.Identifier;
import istream.api.footage.SegmentQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.karaf.shell.support.CommandException;

/** Makes a query of the options that {@code segments} and {@code gaps} share. */
final class QueryArguments {
  /** For help texts: what is shown when no beginning is given. */
  static final String DEFAULT_FROM = "default: 24 h ago, with --json everything";

  private static final Duration DAY = Duration.ofHours(24);

  private final Clock clock;

  QueryArguments(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads the options.
   *
   * @param camera an id, or null for all
   * @param from a time, or null
   * @param to a time, or null for no end
   * @param all whether no beginning means everything, or the last 24 h
   * @throws CommandException if one is not what it should be, or the time ends before it begins
   */
  SegmentQuery query(String camera, String from, String to, boolean all) throws CommandException {
    if (camera != null) {
      requireId("--camera", camera);
    }
    TimeArgument times = new TimeArgument(clock);
    Instant end = to == null ? Instant.MAX : times.parse("--to", to);
    Instant begin = from == null ? begin(end, all) : times.parse("--from", from);
    if (end.isBefore(begin)) {
      throw new CommandException("--to " + end + " lies before --from " + begin);
    }
    return new SegmentQuery(camera == null ? "" : camera, begin, end);
  }

  private Instant begin(Instant end, boolean all) {
    if (all) {
      return Instant.MIN;
    }
    Instant now = clock.instant();
    return (end.isBefore(now) ? end : now).minus(DAY);
  }

  /** Refuses what cannot be an id. */
  static void requireId(String option, String id) throws CommandException {
    if (!Identifier.isValid(id)) {
      throw new CommandException(
          option + " \"" + Figures.plain(id) + "\" is not an id: " + Identifier.ALLOWED);
    }
  }
}
