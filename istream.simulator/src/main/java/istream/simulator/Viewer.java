// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A session that plays a camera, with the camera's faults on the way to it. */
final class Viewer {
  private static final int EARLY_PICTURES = 10;

  private final SimulatedCamera camera;
  private final Connection connection;
  private final int[] channels;
  private final int room;
  private final List<ByteBuffer> held = new ArrayList<>();
  private Consumer<Optional<LiveStream.Frame>> answer;
  private boolean playing;
  private int delivered;
  private long startAt;
  private long heldSince;

  /**
   * Makes one that plays nothing yet.
   *
   * @param channels for each kind of packet the interleaved channel, or -1
   * @param room bytes that may wait for a slow reader
   */
  Viewer(SimulatedCamera camera, Connection connection, int[] channels, int room) {
    this.camera = camera;
    this.connection = connection;
    this.channels = channels.clone();
    this.room = room;
  }

  /**
   * Begins to play at the next key frame.
   *
   * @param answer sends the answer to PLAY; with the first frame if that follows at once
   */
  void play(long now, Consumer<Optional<LiveStream.Frame>> answer) {
    this.answer = answer;
    if (camera.has(Fault.SLOW_START) && !camera.has(Fault.STALL)) {
      startAt = now + nanos(camera.amount(Fault.SLOW_START));
      answer(Optional.empty());
    }
    camera.add(this);
  }

  private static long nanos(double seconds) {
    return (long) (seconds * Duration.ofSeconds(1).toNanos());
  }

  private void answer(Optional<LiveStream.Frame> first) {
    if (answer != null) {
      answer.accept(first);
      answer = null;
    }
  }

  int backlog() {
    return connection.backlog();
  }

  void reset() {
    connection.reset();
  }

  void stop() {
    camera.remove(this);
  }

  void deliver(LiveStream.Frame frame, long now) {
    if (camera.has(Fault.STALL) || now < startAt) {
      return;
    }
    if (!playing) {
      if (!frame.key()) {
        return;
      }
      playing = true;
      if (!camera.has(Fault.EARLY_DATA)) {
        answer(Optional.of(frame));
      }
    }
    ByteBuffer packets = frame.batch().view(channels);
    if (camera.has(Fault.NONSENSE)) {
      packets = nonsense(packets.remaining());
    }
    if (camera.has(Fault.BURST) || !held.isEmpty()) {
      hold(packets, now);
    } else {
      send(packets);
    }
    if (++delivered == EARLY_PICTURES) {
      answer(Optional.of(frame));
    }
  }

  private ByteBuffer nonsense(int size) {
    byte[] bytes = new byte[size];
    camera.random().nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private void hold(ByteBuffer packets, long now) {
    if (held.isEmpty()) {
      heldSince = now;
    }
    held.add(packets);
    if (now - heldSince >= nanos(camera.amount(Fault.BURST))) {
      // a burst is meant to arrive: it is not cut to the room of a slow reader
      held.forEach(connection::send);
      held.clear();
    }
  }

  private void send(ByteBuffer packets) {
    if (connection.backlog() + packets.remaining() <= room || connection.backlog() == 0) {
      connection.send(packets);
    }
  }
}
