// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes the byte stream of a server apart: interleaved frames (RFC 2326, 10.12), answers and
 * requests. Frames are handed on as a view of the read buffer; only a unit that is not whole yet is
 * copied, and stands in front of the next bytes read. After bytes that are neither it goes on with
 * the next plausible unit.
 */
final class InterleavedReader {
  /** More than one unit that is not whole can measure. */
  static final int MOST_KEPT_BYTES = 160 * 1024;

  static final int MOST_GARBAGE_BYTES = 64 * 1024;
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final int MOST_BODY_BYTES = 64 * 1024;
  private static final int LEAST_PACKET_BYTES = 8;
  private static final int LEAST_KEPT_BYTES = 2048;

  private static final List<String> STARTS =
      List.of(
          "RTSP/",
          "OPTIONS ",
          "ANNOUNCE ",
          "GET_PARAMETER ",
          "SET_PARAMETER ",
          "REDIRECT ",
          "TEARDOWN ",
          "PLAY_NOTIFY ",
          "DESCRIBE ",
          "SETUP ",
          "PLAY ",
          "PAUSE ",
          "RECORD ");

  /** Takes the units. */
  interface Sink {
    /** Whether it takes more. */
    boolean open();

    /** Whether frames of the channel are expected. */
    boolean knows(int channel);

    /** An interleaved frame, valid during the call only. */
    void frame(int channel, ByteBuffer packet);

    /** An answer or a request. */
    void message(RtspMessage message) throws SessionEnd;
  }

  private ByteBuffer kept = ByteBuffer.allocate(0);
  private ByteBuffer view = kept;
  private int garbage;
  private long garbageTotal;
  private boolean lost;
  private boolean finishing;
  private boolean bodyPending;

  /** Empties {@code buffer} and puts the unit that is not whole yet in front. */
  void prepare(ByteBuffer buffer) {
    buffer.clear().put(kept.duplicate());
  }

  /**
   * Hands on all whole units, and keeps the rest.
   *
   * @param buffer as {@link #prepare} left it, with new bytes, flipped
   * @throws SessionEnd if the bytes make no sense for too long
   */
  void parse(ByteBuffer buffer, Sink sink) throws SessionEnd {
    bodyPending = false;
    view = buffer.duplicate(); // one for all its frames, for they are many
    boolean whole = true;
    while (whole && buffer.hasRemaining() && sink.open()) {
      whole = unit(buffer, sink);
    }
    keep(buffer);
  }

  /** Whether a message is held whose body has not fully come. */
  boolean bodyPending() {
    return bodyPending;
  }

  /** No more bytes will come: hands on a message whose body is shorter than announced. */
  void finish(Sink sink) throws SessionEnd {
    if (bodyPending && sink.open()) {
      finishing = true;
      view = kept.duplicate();
      unit(kept, sink);
      finishing = false;
      bodyPending = false;
      kept.limit(kept.position());
    }
  }

  /** Bytes that belonged to nothing. */
  long garbageBytes() {
    return garbageTotal;
  }

  private void keep(ByteBuffer buffer) {
    int count = buffer.remaining();
    if (kept.capacity() < count) {
      kept = ByteBuffer.allocate(Math.max(LEAST_KEPT_BYTES, Integer.highestOneBit(count) * 2));
    }
    kept.clear().put(buffer).flip();
  }

  private boolean unit(ByteBuffer buffer, Sink sink) throws SessionEnd {
    byte first = buffer.get(buffer.position());
    if (first == '$') {
      return frame(buffer, sink);
    }
    if (first != '\r' && first != '\n') {
      int start = messageStart(buffer);
      if (start == 0) {
        return false;
      }
      if (start > 0) {
        return message(buffer, sink);
      }
      lost = true;
    }
    skip(buffer);
    return true;
  }

  private void skip(ByteBuffer buffer) throws SessionEnd {
    buffer.get();
    garbageTotal++;
    if (++garbage > MOST_GARBAGE_BYTES) {
      throw SessionEnd.nonsense(
          "the server sent more than "
              + MOST_GARBAGE_BYTES / 1024
              + " KiB that are neither RTSP nor interleaved packets");
    }
  }

  private void synchronised() {
    garbage = 0;
    lost = false;
  }

  private boolean frame(ByteBuffer buffer, Sink sink) throws SessionEnd {
    int start = buffer.position();
    int available = buffer.remaining();
    if (available < 4) {
      return false;
    }
    int channel = buffer.get(start + 1) & 0xff;
    int length = (buffer.get(start + 2) & 0xff) << 8 | (buffer.get(start + 3) & 0xff);
    boolean whole = available >= 4 + length;
    if (lost && (!sink.knows(channel) || !plausible(buffer, start + 4, length, whole))) {
      skip(buffer);
      return true;
    }
    if (!whole) {
      return false;
    }
    synchronised();
    buffer.position(start + 4 + length);
    sink.frame(channel, view.limit(start + 4 + length).position(start + 4));
    return true;
  }

  /** Whether the bytes can be RTP or RTCP (both of version 2) with another unit behind them. */
  private static boolean plausible(ByteBuffer buffer, int start, int length, boolean whole) {
    if (length < LEAST_PACKET_BYTES) {
      return false;
    }
    if (start < buffer.limit() && (buffer.get(start) & 0xc0) != 0x80) {
      return false;
    }
    int end = start + length;
    return !whole || end == buffer.limit() || buffer.get(end) == '$' || buffer.get(end) == 'R';
  }

  /** 1 if a message starts here, -1 if not, 0 if more bytes must tell. */
  private static int messageStart(ByteBuffer buffer) {
    int best = -1;
    for (String word : STARTS) {
      int count = Math.min(word.length(), buffer.remaining());
      int i = 0;
      while (i < count && upper(buffer.get(buffer.position() + i)) == word.charAt(i)) {
        i++;
      }
      if (i == word.length()) {
        return 1;
      }
      if (i == count) {
        best = 0;
      }
    }
    return best;
  }

  private static int upper(byte value) {
    return value >= 'a' && value <= 'z' ? value - 32 : value;
  }

  private boolean message(ByteBuffer buffer, Sink sink) throws SessionEnd {
    int start = buffer.position();
    int end = headEnd(buffer);
    if (end < 0) {
      if (buffer.remaining() > MOST_HEAD_BYTES) {
        throw SessionEnd.nonsense("the server sent headers without an end");
      }
      return false;
    }
    RtspMessage head = RtspMessage.head(text(buffer, start, end));
    int available = buffer.limit() - end;
    int length = bodyLength(head, available);
    if (length > available) {
      bodyPending = true;
      if (!finishing) {
        return false;
      }
      length = available;
    }
    synchronised();
    buffer.position(end + length);
    sink.message(head.withBody(text(buffer, end, end + length)));
    return true;
  }

  private static int bodyLength(RtspMessage head, int available) throws SessionEnd {
    long length = head.contentLength();
    if (length < 0) {
      // a description without a length goes on until the server is silent
      boolean body = head.isSuccess() && head.first("content-type").contains("sdp");
      length = body ? available + 1L : 0;
    }
    if (length > MOST_BODY_BYTES) {
      throw SessionEnd.nonsense(
          "the server's answer is larger than " + MOST_BODY_BYTES / 1024 + " KiB");
    }
    return (int) length;
  }

  /** Where the empty line ends; -1 if it has not come. */
  private static int headEnd(ByteBuffer buffer) {
    int last = Math.min(buffer.limit(), buffer.position() + MOST_HEAD_BYTES);
    for (int i = buffer.position(); i < last - 1; i++) {
      if (buffer.get(i) == '\n') {
        int next = buffer.get(i + 1) == '\r' ? i + 2 : i + 1;
        if (next < last && buffer.get(next) == '\n') {
          return next + 1;
        }
      }
    }
    return -1;
  }

  private static String text(ByteBuffer buffer, int from, int to) {
    byte[] bytes = new byte[to - from];
    buffer.get(from, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
