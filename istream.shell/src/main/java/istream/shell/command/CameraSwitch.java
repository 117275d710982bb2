// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;

/** Switches cameras on and off by their files, and waits until their recorders show it. */
final class CameraSwitch {
  private static final long PATIENCE = Duration.ofMillis(3500).toNanos();
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);

  private final CameraFiles files;
  private final Function<String, Optional<RecorderStatus>> recorders;
  private final LongSupplier nanoTime;

  /**
   * One camera after it was switched.
   *
   * @param changed whether its file had to be changed
   * @param taken whether its recorder shows what its file says
   * @param status of its recorder; empty if it has none
   */
  record Outcome(String id, boolean changed, boolean taken, Optional<RecorderStatus> status) {}

  /**
   * Makes a switch.
   *
   * @param recorders the present status of a camera's recorder; empty if it has none
   * @param nanoTime in nanoseconds, as {@link System#nanoTime}
   */
  CameraSwitch(
      CameraFiles files,
      Function<String, Optional<RecorderStatus>> recorders,
      LongSupplier nanoTime) {
    this.files = files;
    this.recorders = recorders;
    this.nanoTime = nanoTime;
  }

  /** Switches the cameras of this instance. */
  static CameraSwitch of(BundleContext context) {
    return new CameraSwitch(CameraFiles.of(context), id -> status(context, id), System::nanoTime);
  }

  private static Optional<RecorderStatus> status(BundleContext context, String id) {
    try (ServiceView services = new ServiceView(context)) {
      return services.all(CameraRecorder.class).stream()
          .filter(recorder -> recorder.id().equals(id))
          .map(CameraRecorder::status)
          .findFirst();
    }
  }

  /**
   * Switches all of them; blocks for at most some 3.5 s.
   *
   * @throws CommandFailure if one has no file (then none is changed), or a file cannot be changed
   */
  List<Outcome> turn(List<String> ids, boolean on) throws CommandFailure {
    files.requireKnown(ids);
    List<Boolean> changed = new ArrayList<>();
    for (String id : ids) {
      changed.add(files.enable(id, on));
    }
    long begin = nanoTime.getAsLong();
    List<Outcome> outcomes = outcomes(ids, changed, on);
    while (outcomes.stream().anyMatch(outcome -> !outcome.taken())
        && nanoTime.getAsLong() - begin < PATIENCE
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(STEP);
      outcomes = outcomes(ids, changed, on);
    }
    return outcomes;
  }

  private List<Outcome> outcomes(List<String> ids, List<Boolean> changed, boolean on) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Optional<RecorderStatus> status = recorders.apply(ids.get(i));
      boolean taken =
          status.map(s -> (s.state() != RecorderState.DISABLED) == on).orElse(false)
              || status.map(s -> s.state() == RecorderState.MISCONFIGURED).orElse(false);
      outcomes.add(new Outcome(ids.get(i), changed.get(i), taken, status));
    }
    return outcomes;
  }
}
