// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.media.StreamFailure;
import istream.recorder.rtsp.RtspTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A session that does what the test says. */
final class FakeSession implements Session {
  final RtspTarget target;
  Optional<StreamFailure> failure = Optional.empty();
  Optional<String> redirect = Optional.empty();
  List<String> notes = new ArrayList<>();
  Runnable tick = () -> {};
  Runnable close = () -> {};
  boolean connected;
  boolean recording;
  boolean steady;
  boolean closed;

  FakeSession(RtspTarget target) {
    this.target = target;
  }

  void fail(StreamFailure.Kind kind, String message) {
    failure = Optional.of(new StreamFailure(kind, message, true));
  }

  void record() {
    connected = true;
    recording = true;
  }

  @Override
  public void tick(long now) {
    tick.run();
  }

  @Override
  public Optional<StreamFailure> failure() {
    return failure;
  }

  @Override
  public Optional<String> redirect() {
    return redirect;
  }

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public boolean recording() {
    return recording;
  }

  @Override
  public long progressNanos() {
    return 0;
  }

  @Override
  public boolean steady(long now) {
    return steady;
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    closed = true;
    close.run();
  }
}
