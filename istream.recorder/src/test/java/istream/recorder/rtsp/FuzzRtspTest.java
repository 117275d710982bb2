// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.fuzz.Fuzzing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What servers send that are broken or mean harm, in whatever pieces it arrives. */
@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class FuzzRtspTest {
  private static final int MOST_PIECES = 40;
  private static final String PACKET = "$\0\0\u0010\u0080`\0\u0001\0\0\0\u0001\0\0\0\u0002abcd";

  private static final List<String> GOOD =
      List.of(
          "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS,\r\n\tPLAY\r\n\r\n",
          "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\n"
              + "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n\r\n",
          "RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Type: application/sdp\r\nContent-Length: 33\r\n\r\n"
              + "m=video 0 RTP/AVP 96\r\na=control:1",
          "RTSP/1.0 200 OK\nCSeq: 4\nContent-Type: application/sdp\n\nm=video 0 RTP/AVP 96\n",
          PACKET + PACKET + "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" + PACKET,
          PACKET + "RTSP/1.0 200 OK\r\nCSeq: 5\r\nSession: 7;timeout=60\r\n\r\n" + PACKET);
  private static final List<String> WORDS =
      List.of(
          "\r\n\r\n", "\n", "RTSP/1.0 200 OK\r\n", "$\0", PACKET, ": ", "Content-Length: ", " x");

  /** Takes a while, now and then has enough, and looks at everything. */
  private static final class Onlooker implements InterleavedReader.Sink {
    private int left;

    Onlooker(int most) {
      left = most;
    }

    @Override
    public boolean open() {
      return left > 0;
    }

    @Override
    public boolean knows(int channel) {
      return channel < 2;
    }

    @Override
    public void frame(int channel, ByteBuffer packet) {
      left--;
      assertTrue(channel >= 0 && channel < 256 && packet.remaining() < 65_536, "a frame");
      packet.get(new byte[packet.remaining()]);
    }

    @Override
    public void message(RtspMessage message) {
      left--;
      assertNotEquals(message.isAnswer(), message.status() == 0);
      assertFalse(message.isAnswer() && (message.status() < 100 || message.status() > 999));
      assertTrue(message.contentLength() >= -1, "a length");
      assertFalse(message.all("cseq").contains(null));
    }
  }

  @Test
  void takesWhateverComesOrEndsTheSession() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(RtspSession.LEAST_BUFFER_BYTES);
    Fuzzing.tryOut(
        GOOD,
        WORDS,
        damaged -> {
          SplittableRandom random = new SplittableRandom(damaged.length);
          try {
            feed(damaged, buffer, new Onlooker(1 + random.nextInt(10_000)), random);
          } catch (SessionEnd e) {
            assertFalse(e.getMessage().isBlank());
          }
        });
  }

  private static void feed(
      byte[] bytes, ByteBuffer buffer, Onlooker onlooker, SplittableRandom random)
      throws SessionEnd {
    InterleavedReader reader = new InterleavedReader();
    int least = bytes.length / MOST_PIECES;
    for (int at = 0; at < bytes.length && onlooker.open(); ) {
      reader.prepare(buffer);
      int piece = 1 + least + random.nextInt(least + 8);
      int count = Math.min(Math.min(buffer.remaining(), bytes.length - at), piece);
      assertTrue(count > 0, "there is room for more");
      buffer.put(bytes, at, count);
      reader.parse(buffer.flip(), onlooker);
      at += count;
    }
    reader.finish(onlooker);
    assertTrue(reader.garbageBytes() <= bytes.length, "more garbage than bytes");
  }
}
