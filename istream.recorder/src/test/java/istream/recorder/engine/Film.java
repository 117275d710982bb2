// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.rtsp.ScriptedServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a scripted camera shows, ten pictures a second, as H.264 in RTP. */
final class Film {
  private static final long PICTURE_NANOS = 100_000_000;

  private static final byte[] SPS = Base64.getDecoder().decode("Z0LAHtkDxWhAAAADAEAAAAwDxYuS");
  private static final byte[] PPS = Base64.getDecoder().decode("aMuMsg==");
  private static final byte[] KEY = {0x65, (byte) 0x88, (byte) 0x84, 0x21, 0x42};
  private static final byte[] DELTA = {0x41, (byte) 0x9a, 0x21, 0x42};

  private final ScriptedServer server;
  private final Bench bench;
  private int sequence;
  private int pictures;

  Film(ScriptedServer server, Bench bench) {
    this.server = server;
    this.bench = bench;
  }

  /** Goes on for a while, with a key frame every second. */
  void show(int seconds) throws IOException {
    for (int i = 0; i < 10 * seconds; i++) {
      show(pictures % 10 == 0);
    }
  }

  /** Goes on until something is so. */
  void showUntil(String what, BooleanSupplier condition) throws IOException {
    for (int seconds = 0; seconds < 30 && !condition.getAsBoolean(); seconds++) {
      show(1);
    }
    assertTrue(condition.getAsBoolean(), () -> what + "; " + bench.supervisor.phase());
  }

  /** Shows the next picture, a key frame with its parameter sets or one that needs another. */
  void show(boolean key) throws IOException {
    if (key) {
      send(SPS, false);
      send(PPS, false);
    }
    send(key ? KEY : DELTA, true);
    pictures++;
    awaitTaken();
  }

  /** What was sent before a request has been read when the answer comes. */
  private void awaitTaken() throws IOException {
    int before = server.requests().size();
    server.ask("OPTIONS");
    bench.until("the picture is taken", () -> server.requests().size() > before);
    bench.pass(PICTURE_NANOS, TimeUnit.NANOSECONDS);
  }

  private void send(byte[] unit, boolean last) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(11 + unit.length);
    packet.put((byte) (last ? 0x80 | 96 : 96)).putShort((short) sequence++);
    packet.putInt(pictures * 9_000).putInt(0x1234).put(unit);
    server.packet(0, new String(packet.array(), StandardCharsets.ISO_8859_1));
  }
}
