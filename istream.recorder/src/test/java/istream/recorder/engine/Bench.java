// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Camera;
import istream.api.camera.Credentials;
import istream.api.recording.RecorderState;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.rtsp.RtspTarget;
import istream.recorder.store.ArchiveLane;
import istream.recorder.store.ArchiveLanes;
import istream.recorder.store.CameraLane;
import istream.recorder.store.FootageQueue;
import istream.recorder.store.Throughput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A supervisor and all it needs, called by the test instead of the network thread. */
final class Bench implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  final Shelf shelf = new Shelf();
  final AddressBook addresses = new AddressBook();
  final Equipment equipment;
  final CameraSupervisor supervisor;
  private final AtomicLong time = new AtomicLong(1);
  private final ArchiveLane disk;
  private final FootageQueue queue;
  private final CameraLane lane;
  private StreamSession session;

  /** With sessions that talk to real sockets. */
  Bench(String url, Credentials login) {
    this(url, login, null);
  }

  /** With sessions of the test's own. */
  Bench(String url, Credentials login, Function<RtspTarget, Session> sessions) {
    ArchiveLanes lanes = new ArchiveLanes();
    lanes.add(shelf);
    disk = lanes.lane("");
    equipment =
        new Equipment(
            new NetworkLoop(time::get),
            lanes,
            new ChunkPool(1 << 20),
            new MemoryShare(1 << 20),
            addresses,
            new Hands(),
            time::get);
    queue = new FootageQueue(() -> 1 << 20, this::wakeDisk);
    lane =
        new CameraLane(
            "front", Duration.ofSeconds(60), queue, new Throughput(time::get), time::get);
    Camera camera = new Camera("front", url, "", "", login, "main");
    supervisor =
        new CameraSupervisor(
            "front",
            new Directions(camera, true, addresses),
            sessions == null ? this::real : sessions,
            new Blame(queue::tell),
            new StoreWatch(lane::recordedUntil),
            equipment);
  }

  private void wakeDisk() {
    disk.wake(lane);
  }

  /** A wall clock that goes with the other one. */
  private final class Hands extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return START.plusNanos(time.get());
    }
  }

  private Session real(RtspTarget target) {
    session = new StreamSession(target, lane::problem, queue, equipment);
    return session;
  }

  /** Whether the newest session goes on. */
  boolean busy() {
    return session.failure().isEmpty();
  }

  RecorderState state() {
    return supervisor.phase().state();
  }

  String reason() {
    return supervisor.phase().reason();
  }

  /** The time of the test. */
  long nanos() {
    return time.get();
  }

  void tick() {
    supervisor.tick(time.get());
  }

  /** Lets time pass in steps of a beat. */
  Bench pass(long length, TimeUnit unit) {
    long end = time.get() + unit.toNanos(length);
    while (time.get() - end < 0) {
      time.set(Math.min(end, time.get() + NetworkLoop.BEAT_NANOS));
      tick();
    }
    return this;
  }

  /** Calls it until something is so, while no time passes, for at most five seconds. */
  void until(String what, BooleanSupplier condition) {
    until(what, condition, 0);
  }

  /** Calls it until something is so, while time passes: ten times as fast as for the sockets. */
  void passUntil(String what, BooleanSupplier condition) {
    until(what, condition, 10_000_000);
  }

  private void until(String what, BooleanSupplier condition, long step) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      time.addAndGet(step);
      tick();
      LockSupport.parkNanos(1_000_000);
    }
    assertTrue(condition.getAsBoolean(), () -> what + "; " + supervisor.phase());
  }

  @Override
  public void close() {
    supervisor.leave();
    equipment.loop().close();
    equipment.lanes().close();
    addresses.close();
  }
}
