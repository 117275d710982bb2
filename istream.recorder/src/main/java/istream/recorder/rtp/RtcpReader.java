// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.nio.ByteBuffer;

/** Finds the sender reports and the farewell in a compound RTCP packet (RFC 3550 section 6). */
final class RtcpReader {
  private static final int SENDER_REPORT = 200;
  private static final int BYE = 203;
  private static final int REPORT_BYTES = 20;

  private RtcpReader() {}

  /** Takes what is found. */
  interface Listener {
    /**
     * A sender report.
     *
     * @param ntp wall clock in 2^-32 seconds since 1900
     */
    void senderReport(int ssrc, long ntp, int timestamp);

    /** A source leaves. */
    void bye(int ssrc);
  }

  static void read(ByteBuffer packet, Listener listener) {
    int at = packet.position();
    while (packet.limit() - at >= 8 && (packet.get(at) & 0xc0) == 0x80) {
      int type = packet.get(at + 1) & 0xff;
      int end = Math.min(packet.limit(), at + 4 + 4 * (packet.getShort(at + 2) & 0xffff));
      if (type == SENDER_REPORT && end - at >= REPORT_BYTES) {
        listener.senderReport(
            packet.getInt(at + 4), packet.getLong(at + 8), packet.getInt(at + 16));
      } else if (type == BYE) {
        int count = packet.get(at) & 0x1f;
        for (int i = 0; i < count && at + 8 + 4 * i <= end; i++) {
          listener.bye(packet.getInt(at + 4 + 4 * i));
        }
      }
      at = end;
    }
  }

  /** Whether an RTP packet's second byte shows RTCP that took the wrong channel (RFC 5761). */
  static boolean isRtcp(ByteBuffer packet) {
    if (packet.remaining() < 8) {
      return false;
    }
    int type = packet.get(packet.position() + 1) & 0xff;
    return type >= SENDER_REPORT && type <= 207;
  }
}
