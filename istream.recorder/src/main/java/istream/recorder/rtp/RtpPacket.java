// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.nio.ByteBuffer;

/** Reads the header of one RTP packet after another (RFC 3550 section 5.1) without allocating. */
final class RtpPacket {
  private static final int HEADER_BYTES = 12;

  private ByteBuffer payload = ByteBuffer.allocate(0);
  private int start;
  private int end;
  private boolean marker;
  private int payloadType;
  private int sequence;
  private int timestamp;
  private int ssrc;

  /**
   * Reads the header, and narrows {@code packet} to its payload.
   *
   * @return false if this is no RTP packet
   */
  boolean read(ByteBuffer packet) {
    start = packet.position();
    end = packet.limit();
    if (packet.remaining() < HEADER_BYTES) {
      return false;
    }
    int first = packet.get(start) & 0xff;
    int second = packet.get(start + 1) & 0xff;
    if (first >>> 6 != 2) {
      return false;
    }
    marker = (second & 0x80) != 0;
    payloadType = second & 0x7f;
    sequence = packet.getShort(start + 2) & 0xffff;
    timestamp = packet.getInt(start + 4);
    ssrc = packet.getInt(start + 8);
    return narrow(packet, first);
  }

  private boolean narrow(ByteBuffer packet, int flags) {
    int from = packet.position() + HEADER_BYTES + 4 * (flags & 0x0f);
    if ((flags & 0x10) != 0) {
      if (from + 4 > packet.limit()) {
        return false;
      }
      from += 4 + 4 * (packet.getShort(from + 2) & 0xffff);
    }
    int to = packet.limit();
    if ((flags & 0x20) != 0) {
      to -= packet.get(to - 1) & 0xff;
    }
    if (from > to) {
      return false;
    }
    packet.limit(to).position(from);
    payload = packet;
    return true;
  }

  /** The whole packet once more, in memory of its own. */
  ByteBuffer copy() {
    ByteBuffer all = payload.duplicate().limit(end).position(start);
    return ByteBuffer.allocate(all.remaining()).put(all).flip();
  }

  ByteBuffer payload() {
    return payload;
  }

  boolean marker() {
    return marker;
  }

  int payloadType() {
    return payloadType;
  }

  int sequence() {
    return sequence;
  }

  int timestamp() {
    return timestamp;
  }

  int ssrc() {
    return ssrc;
  }
}
