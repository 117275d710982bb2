// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks an instance four times a second how many seconds of each camera are at risk. */
final class RiskSampler implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final StatusPort port;
  private final List<Sample> samples = new ArrayList<>();
  private final Thread thread = new Thread(this::sample, "risk-sampler");
  private volatile boolean closed;

  private RiskSampler(Instance instance) {
    port = new StatusPort(instance);
  }

  /**
   * What was said of a camera.
   *
   * @param at when the answer came
   * @param camera its id
   * @param seconds at risk; NaN if that was not known
   * @param backlog bytes that the replica lacked
   */
  record Sample(Instant at, String camera, double seconds, long backlog) {}

  /** Begins to ask; an instance that does not answer is asked again. */
  static RiskSampler start(Instance instance) {
    RiskSampler sampler = new RiskSampler(instance);
    sampler.thread.setDaemon(true);
    sampler.thread.start();
    return sampler;
  }

  private void sample() {
    while (!closed) {
      try {
        add(port.status());
      } catch (IOException e) {
        System.getLogger("risk").log(System.Logger.Level.DEBUG, "no answer", e);
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private synchronized void add(JsonNode status) {
    Instant now = Instant.now();
    for (JsonNode camera : status.path("cameras")) {
      JsonNode replica = OffSite.replica(camera);
      double seconds = replica.path("secondsAtRisk").asDouble(Double.NaN);
      long backlog = replica.path("backlogBytes").asLong(-1);
      samples.add(new Sample(now, camera.path("id").asText(), seconds, backlog));
    }
  }

  /** The samples from an instant on. */
  synchronized List<Sample> since(Instant from) {
    return samples.stream().filter(each -> !each.at().isBefore(from)).toList();
  }

  /** The most that any camera had at risk from an instant on. */
  double worst(Instant from) {
    return since(from).stream()
        .mapToDouble(Sample::seconds)
        .filter(seconds -> !Double.isNaN(seconds))
        .max()
        .orElse(Double.NaN);
  }

  /**
   * From an instant to now, no camera had more seconds at risk at any sample; and of each second
   * there is a sample.
   */
  void assertAtMost(double most, Instant from, String when) {
    List<Sample> window = since(from);
    long seconds = Duration.between(from, Instant.now()).toSeconds();
    assertTrue(window.size() >= seconds, window.size() + " samples in " + seconds + " s, " + when);
    List<Sample> worse = window.stream().filter(each -> !(each.seconds() <= most)).toList();
    assertTrue(worse.isEmpty(), () -> "above " + most + " s at risk " + when + ": " + worse);
  }

  /** Waits until no camera has more at risk than that; returns when that was. */
  Instant awaitAtMost(double most, Duration limit, String when) throws Exception {
    Instant from = Instant.now();
    Wait.closely(
        "at most " + most + " s are at risk " + when + ": " + last(),
        limit,
        () -> !last().isEmpty() && last().get(0).at().isAfter(from) && areAtMost(most));
    return Instant.now();
  }

  private boolean areAtMost(double most) {
    return last().stream().allMatch(each -> each.seconds() <= most);
  }

  /** The newest sample of each camera. */
  private synchronized List<Sample> last() {
    if (samples.isEmpty()) {
      return List.of();
    }
    Instant newest = samples.get(samples.size() - 1).at();
    return samples.stream().filter(each -> each.at().equals(newest)).toList();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
