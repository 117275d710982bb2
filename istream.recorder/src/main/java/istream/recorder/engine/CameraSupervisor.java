// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.CameraException;
import istream.api.recording.RecorderState;
import istream.recorder.media.StreamFailure;
import istream.recorder.media.StreamFailure.Kind;
import istream.recorder.rtsp.RtspTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera recording: looks it up, opens a session, waits after a failure, and begins
 * again, for ever. Confined to the network thread, but for {@link #phase}.
 */
final class CameraSupervisor implements NetworkLoop.Member {
  private static final Logger LOG = LoggerFactory.getLogger(CameraSupervisor.class);
  private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What it is doing.
   *
   * @param reason for a person; empty while all is well
   */
  record Phase(RecorderState state, String reason, Instant since, List<String> notes) {}

  private final String camera;
  private final Directions directions;
  private final Function<RtspTarget, Session> sessions;
  private final Blame blame;
  private final StoreWatch store;
  private final Equipment equipment;
  private final Backoff backoff = new Backoff(new Random());
  private Session session;
  private long triedNanos;
  private long retryNanos;
  private long notedNanos;
  private volatile Phase phase;

  /**
   * Makes a supervisor that begins with its first tick.
   *
   * @param camera its id
   * @param directions to it
   * @param sessions opens one
   * @param blame is told of trouble
   * @param store knows whether footage is stored
   */
  CameraSupervisor(
      String camera,
      Directions directions,
      Function<RtspTarget, Session> sessions,
      Blame blame,
      StoreWatch store,
      Equipment equipment) {
    this.camera = camera;
    this.directions = directions;
    this.sessions = sessions;
    this.blame = blame;
    this.store = store;
    this.equipment = equipment;
    retryNanos = equipment.nanos().getAsLong();
    phase = new Phase(RecorderState.CONNECTING, "", equipment.clock().instant(), List.of());
  }

  /** What it is doing; any thread may ask. */
  Phase phase() {
    return phase;
  }

  @Override
  public long tick(long now) {
    blame.tick(now);
    if (session != null) {
      return tickSession(now);
    }
    if (!directions.asked()) {
      if (retryNanos - now > 0) {
        return Math.min(retryNanos - now, Blame.LASTING_NANOS);
      }
      triedNanos = now;
      directions.ask(now);
    }
    look(now);
    return NetworkLoop.QUICK_NANOS;
  }

  private void look(long now) {
    try {
      Optional<RtspTarget> target = directions.answer(now);
      if (target.isPresent()) {
        triedNanos = now;
        session = sessions.apply(target.get());
      }
    } catch (CameraException e) {
      fail(new StreamFailure(Kind.UNREACHABLE, e.getMessage(), e.retryable()), now);
    }
  }

  private long tickSession(long now) {
    session.tick(now);
    if (session.connected()) {
      directions.reached();
      blame.connected(now);
    } else if (now - triedNanos > ANSWER_NANOS) {
      blame.unanswered(now);
    }
    if (session.redirect().filter(url -> directions.follow(url, now)).isPresent()) {
      end();
    } else if (session.failure().isPresent()) {
      StreamFailure failure = directions.explained(session.failure().get());
      end();
      fail(failure, now);
    } else if (session.recording()) {
      recording(now);
      return NetworkLoop.BEAT_NANOS;
    }
    return NetworkLoop.QUICK_NANOS;
  }

  private void recording(long now) {
    blame.recording();
    if (session.steady(now)) {
      backoff.succeeded();
    }
    String problem = store.problem(now, session.progressNanos());
    RecorderState state = problem.isEmpty() ? RecorderState.RECORDING : RecorderState.WAITING;
    boolean same = phase.state() == state && phase.reason().equals(problem);
    if (same && now - notedNanos < NOTE_NANOS) {
      return;
    }
    notedNanos = now;
    if (!same) {
      log(problem);
    }
    become(state, problem, session.notes());
  }

  private void log(String problem) {
    if (problem.isEmpty()) {
      LOG.info("camera {}: recording", camera);
    } else {
      LOG.warn("camera {}: not recording: {}", camera, problem);
    }
  }

  private void end() {
    Session ending = session;
    session = null;
    if (ending != null) {
      ending.close();
    }
  }

  private void fail(StreamFailure failure, long now) {
    boolean first = phase.state() == RecorderState.RECORDING || phase.reason().isEmpty();
    if (first) {
      LOG.warn("camera {}: not recording: {}", camera, failure.message());
    } else {
      LOG.debug("camera {}: still not recording: {}", camera, failure.message());
    }
    blame.failed(failure, now);
    retryNanos = now + backoff.pause(failure, now - triedNanos);
    if (first || !phase.reason().equals(failure.message())) {
      become(RecorderState.WAITING, failure.message(), phase.notes());
    }
  }

  private void become(RecorderState state, String reason, List<String> notes) {
    boolean same = phase.state() == state;
    Instant since = same ? phase.since() : equipment.clock().instant();
    phase = new Phase(state, reason, since, notes);
  }

  @Override
  public void crashed(Throwable fault) {
    directions.forget();
    try {
      end();
    } finally {
      String message = "a fault of istream, see the log: " + fault;
      fail(new StreamFailure(Kind.NONSENSE, message, false), equipment.nanos().getAsLong());
    }
  }

  /** Ends the session and takes part in the loop no more. */
  void leave() {
    equipment.loop().remove(this);
    end();
  }
}
