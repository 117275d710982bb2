// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * One camera of a {@link Simulator}. Its public methods may be called by any thread; what they ask
 * for happens soon after, and before a request that is sent later is answered.
 */
public final class SimulatedCamera {
  private static final long PERIOD = Duration.ofSeconds(1).toNanos() / Clip.RATE;
  // a reader in flood mode is always kept this busy
  private static final int FLOOD_BACKLOG = 256 * 1024;
  private static final int FLOOD_PICTURES = 100;

  private final CameraSpec spec;
  private final int kilobits;
  private final Executor loop;
  private final RandomGenerator random;
  private final Map<Fault, Double> faults = new ConcurrentHashMap<>();
  private final LoginTally logins = new LoginTally();
  private final List<Viewer> viewers = new ArrayList<>();
  private LiveStream stream;
  private long due;
  private volatile Clip clip;
  private volatile String url = "";
  private volatile String onvifUrl = "";
  private volatile long number;
  private volatile int watching;

  SimulatedCamera(CameraSpec spec, int kilobits, Executor loop, RandomGenerator random) {
    this.spec = spec;
    this.kilobits = kilobits;
    this.loop = loop;
    this.random = random;
    this.clip = Clip.named(spec.clip());
    this.stream = new LiveStream(clip, 0, kilobits, random);
  }

  /** Its name. */
  public String name() {
    return spec.name();
  }

  /** Its RTSP address, without a login. */
  public String url() {
    return url;
  }

  /** The address of its ONVIF device service; empty if it does not answer ONVIF. */
  public String onvifUrl() {
    return onvifUrl;
  }

  /** Who has asked its ONVIF services. */
  public LoginTally logins() {
    return logins;
  }

  /** The number of the next access unit. */
  public long nextNumber() {
    return number;
  }

  /** How many sessions play it. */
  public int viewers() {
    return watching;
  }

  /** Makes it do something wrong, as much as is usual. */
  public void inject(Fault fault) {
    inject(fault, fault.usual());
  }

  /** Makes it do something wrong; see {@link Fault} for the amount. */
  public void inject(Fault fault, double amount) {
    faults.put(fault, amount);
  }

  /** Makes it behave again. */
  public void clear(Fault fault) {
    faults.remove(fault);
  }

  /** Resets the connections of its viewers. */
  public void reset() {
    loop.execute(() -> List.copyOf(viewers).forEach(Viewer::reset));
  }

  /**
   * Goes on with another clip, that is with other parameter sets.
   *
   * @throws IllegalArgumentException if there is no such clip
   */
  public void play(String clip) {
    Clip next = Clip.named(clip);
    this.clip = next;
    loop.execute(() -> stream.play(next));
  }

  boolean has(Fault fault) {
    return faults.containsKey(fault);
  }

  double amount(Fault fault) {
    return faults.getOrDefault(fault, 0.0);
  }

  boolean sound() {
    return spec.sound();
  }

  Clip clip() {
    return clip;
  }

  RandomGenerator random() {
    return random;
  }

  void url(String address) {
    url = address;
  }

  void onvifUrl(String address) {
    onvifUrl = address;
  }

  // What follows is called by the loop's thread.

  LiveStream stream() {
    return stream;
  }

  void boot(long life, long now) {
    clip = Clip.named(spec.clip());
    stream = new LiveStream(clip, life * FrameNumber.LIFE, kilobits, random);
    number = stream.number();
    due = now;
  }

  void add(Viewer viewer) {
    viewers.add(viewer);
    watching = viewers.size();
  }

  void remove(Viewer viewer) {
    viewers.remove(viewer);
    watching = viewers.size();
  }

  /** Sends what is due and returns the nanoseconds until the next picture is. */
  long tick(long now, Instant wallClock) {
    stream.faults(amount(Fault.LOSS), has(Fault.WRONG_SSRC));
    if (has(Fault.FLOOD) && !viewers.isEmpty()) {
      for (int i = 0; i < FLOOD_PICTURES && viewers.stream().noneMatch(this::full); i++) {
        send(now, wallClock);
      }
      due = now + PERIOD;
      return viewers.stream().anyMatch(this::full) ? PERIOD : 0;
    }
    while (due <= now) {
      send(now, wallClock);
      due += PERIOD;
    }
    return due - now;
  }

  private boolean full(Viewer viewer) {
    return viewer.backlog() >= FLOOD_BACKLOG / 2;
  }

  private void send(long now, Instant wallClock) {
    LiveStream.Frame frame = stream.next(wallClock);
    number = stream.number();
    for (Viewer viewer : List.copyOf(viewers)) {
      viewer.deliver(frame, now);
    }
  }
}
