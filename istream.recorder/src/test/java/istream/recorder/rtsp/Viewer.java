// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Watches a stream with a session of its own, ticked by the test, on a clock of the test. */
final class Viewer implements RtspListener {
  private static final ByteBuffer BUFFER =
      ByteBuffer.allocateDirect(RtspSession.LEAST_BUFFER_BYTES);

  final List<String> packets = new ArrayList<>();
  final List<StreamFailure> failures = new ArrayList<>();
  final List<String> redirects = new ArrayList<>();
  List<MediaDescription> media = List.of();
  String server = "";
  final List<String> refusals = new ArrayList<>();
  int plays;
  long bytes;
  boolean keepText = true;
  final RtspSession session;
  private long ahead;

  Viewer(String url, InetSocketAddress address, Credentials credentials, boolean audio) {
    session = new RtspSession(new RtspTarget(url, address, credentials, audio), this, BUFFER);
  }

  static Viewer of(ScriptedServer server) {
    return new Viewer(server.url("/live"), server.address(), Credentials.NONE, true);
  }

  static Viewer of(ScriptedServer server, String user, String password) {
    Credentials login = new Credentials(user, password);
    return new Viewer(server.url("/live"), server.address(), login, true);
  }

  /** Lets time pass for the session. */
  Viewer skip(long time, TimeUnit unit) {
    ahead += unit.toNanos(time);
    return this;
  }

  void tick() {
    session.tick(System.nanoTime() + ahead);
  }

  /** Ticks until something is so, for at most half a minute. */
  void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      tick();
      LockSupport.parkNanos(1_000_000);
    }
    assertTrue(condition.getAsBoolean(), () -> what + "; failures " + failures + packets.size());
  }

  Viewer untilPacket() {
    until("a packet comes", () -> !packets.isEmpty());
    return this;
  }

  StreamFailure untilEnd() {
    until("the session ends", () -> !failures.isEmpty());
    assertTrue(session.ended());
    return failures.get(0);
  }

  @Override
  public List<Integer> described(String name, List<MediaDescription> offered) {
    server = name;
    media = offered;
    List<Integer> wanted = new ArrayList<>();
    for (String kind : List.of("video", "audio")) {
      for (int i = 0; i < offered.size(); i++) {
        if (offered.get(i).kind().equals(kind)) {
          wanted.add(i);
          break;
        }
      }
    }
    return wanted;
  }

  @Override
  public void refused(int track, String reason) {
    refusals.add(track + " " + reason);
  }

  @Override
  public void playing() {
    plays++;
  }

  @Override
  public void packet(int track, boolean rtcp, ByteBuffer packet, long arrivalNanos) {
    bytes += packet.remaining();
    if (keepText) {
      byte[] text = new byte[packet.remaining() - 1];
      packet.get(packet.position() + 1, text);
      String payload = new String(text, StandardCharsets.ISO_8859_1);
      packets.add(track + (rtcp ? "c " : " ") + payload);
    } else {
      packets.add("");
    }
  }

  @Override
  public void redirected(String url) {
    redirects.add(url);
  }

  @Override
  public void ended(StreamFailure failure) {
    failures.add(failure);
  }
}
