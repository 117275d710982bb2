// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class InterleavedReaderTest {
  private final List<String> units = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RtspSession.LEAST_BUFFER_BYTES);
  private InterleavedReader reader = new InterleavedReader();
  private final InterleavedReader.Sink sink =
      new InterleavedReader.Sink() {
        @Override
        public boolean open() {
          return true;
        }

        @Override
        public boolean knows(int channel) {
          return channel < 4;
        }

        @Override
        public void frame(int channel, ByteBuffer packet) {
          byte[] bytes = new byte[packet.remaining()];
          packet.get(bytes);
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          units.add(channel + ":" + (text.isEmpty() ? "" : text.substring(1)));
        }

        @Override
        public void message(RtspMessage message) {
          units.add((message.isAnswer() ? message.status() : message.method()) + message.body());
        }
      };

  private void feed(byte[] bytes) throws SessionEnd {
    for (int at = 0; at < bytes.length; ) {
      reader.prepare(buffer);
      int count = Math.min(buffer.remaining(), bytes.length - at);
      buffer.put(bytes, at, count);
      reader.parse(buffer.flip(), sink);
      at += count;
    }
  }

  private void feed(String text) throws SessionEnd {
    feed(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] stream(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      byte[] bytes =
          part instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : (byte[]) part;
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void findsTheSameUnitsHoweverTheBytesArrive() throws SessionEnd {
    byte[] all =
        stream(
            "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\nbody",
            ScriptedServer.frame(0, "one"),
            ScriptedServer.frame(3, "x".repeat(3000)),
            "\r\nRTSP/1.0 200 OK\nCSeq:2\n\n",
            ScriptedServer.frame(1, "$RTSP/1.0 200 OK\r\n\r\n"),
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
            ScriptedServer.frame(77, "stray"),
            ScriptedServer.frame(0, "last"));
    feed(all);
    List<String> expected = List.copyOf(units);
    assertEquals(8, expected.size());
    assertEquals("200body", expected.get(0));
    assertEquals("0:last", expected.get(7));
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      units.clear();
      reader = new InterleavedReader();
      for (int at = 0; at < all.length; ) {
        int count = Math.min(all.length - at, 1 + random.nextInt(round < 3 ? 1 : 700));
        feed(java.util.Arrays.copyOfRange(all, at, at + count));
        at += count;
      }
      assertEquals(expected, units);
    }
  }

  @Test
  void goesOnBehindGarbage() throws SessionEnd {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      byte[] garbage = new byte[random.nextInt(2000)];
      random.nextBytes(garbage);
      // a garbage byte that could open a unit may swallow some real ones: none here
      for (int i = 0; i < garbage.length; i++) {
        garbage[i] = garbage[i] == '$' ? (byte) 'x' : garbage[i];
      }
      units.clear();
      reader = new InterleavedReader();
      feed(stream(ScriptedServer.frame(0, "before"), garbage, ScriptedServer.frame(2, "behind!")));
      feed(stream(ScriptedServer.frame(0, "and on")));
      assertEquals(List.of("0:before", "2:behind!", "0:and on"), units, "round " + round);
    }
  }

  @Test
  void isNotMisledByDollarsInGarbage() throws SessionEnd {
    feed(
        stream(
            "xx$\u0000\u0000\u0010not version 2 of RTP",
            "$c\u0000\b\u0080unknown",
            ScriptedServer.frame(0, "real one"),
            "R$$$$",
            ScriptedServer.frame(0, "real two"),
            ScriptedServer.frame(0, "tail tail")));
    assertEquals(List.of("0:real one", "0:real two", "0:tail tail"), units);
    assertTrue(reader.garbageBytes() > 40);
  }

  @Test
  void findsAnAnswerBehindGarbage() throws SessionEnd {
    feed("leftover of a packet\u0001\u0002rtsp/1.0 200 OK\r\nCSeq: 9\r\n\r\n");
    assertEquals(List.of("200"), units);
  }

  @Test
  void givesUpAfterTooMuchGarbageInARow() throws SessionEnd {
    String garbage = "x".repeat(InterleavedReader.MOST_GARBAGE_BYTES - 10);
    feed(garbage);
    feed(ScriptedServer.frame(0, "resets the count"));
    feed(garbage);
    assertThrows(SessionEnd.class, () -> feed(garbage));
    assertEquals(List.of("0:resets the count"), units);
  }

  @Test
  void boundsHeadersAndBodies() {
    assertThrows(SessionEnd.class, () -> feed("RTSP/1.0 200 OK\r\n" + "A: b\r\n".repeat(20_000)));
    reader = new InterleavedReader();
    assertThrows(
        SessionEnd.class, () -> feed("RTSP/1.0 200 OK\r\nContent-Length: 9999999\r\n\r\n"));
    reader = new InterleavedReader();
    assertThrows(SessionEnd.class, () -> feed("RTSP/1.0 sure OK\r\n\r\n"));
    assertEquals(List.of(), units);
  }

  @Test
  void takesTheLargestFrame() throws SessionEnd {
    byte[] frame = ScriptedServer.frame(0, "y".repeat(65_534));
    feed(stream(frame, frame, frame, frame, frame, frame));
    assertEquals(6, units.size());
    assertEquals(65_536, units.get(5).length());
  }

  @Test
  void takesAShortBodyWhenNoMoreComes() throws SessionEnd {
    feed("RTSP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nv=0\r\n");
    assertTrue(reader.bodyPending());
    assertEquals(List.of(), units);
    reader.finish(sink);
    assertEquals(List.of("200v=0\r\n"), units);
  }

  @Test
  void takesADescriptionWithoutLengthWhenNoMoreComes() throws SessionEnd {
    feed("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n");
    reader.finish(sink);
    assertEquals(List.of("200v=0\r\n"), units);
    reader.finish(sink);
    assertEquals(1, units.size());
  }

  @Test
  void survivesRandomBytes() {
    Random random = new Random(11);
    byte[] pieces =
        "$\u0000\u0001RTSP/1.0 200 OK\r\n\r\nContent-Length: 3:"
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 300; round++) {
      reader = new InterleavedReader();
      byte[] bytes = new byte[4000];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = pieces[random.nextInt(pieces.length)];
      }
      try {
        feed(bytes);
        reader.finish(sink);
      } catch (SessionEnd e) {
        assertTrue(e.getMessage().contains("server"), e.getMessage());
      }
    }
  }
}
