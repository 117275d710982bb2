// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Keeps what a receiver report tells (RFC 3550 section 6.4.2) and writes one now and then: with
 * interleaved RTP nobody needs its numbers, but some servers end a session without this sign of
 * life.
 */
final class Reception {
  private static final long PERIOD_NANOS = 5_000_000_000L;
  private static final byte[] NAME = "istream".getBytes(StandardCharsets.US_ASCII);

  private final int self;
  private final int clockRate;
  private long received;
  private long reportedLost;
  private long reportedReceived;
  private long lastReport;
  private boolean reported;
  private long lastTransit;
  private long jitter;
  private int senderNtp;
  private long senderArrival;

  Reception(int self, int clockRate) {
    this.self = self;
    this.clockRate = clockRate;
  }

  void packet(int timestamp, long arrivalNanos) {
    long ticks = (long) (arrivalNanos / 1e9 * clockRate);
    long transit = (int) (ticks - timestamp);
    if (received++ > 0) {
      long difference = Math.abs((int) (transit - lastTransit));
      jitter += difference - ((jitter + 8) >> 4); // in sixteenths, RFC 3550 appendix A.8
    }
    lastTransit = transit;
  }

  /** A sender report came; {@code ntp} is the middle of its wall clock. */
  void senderReport(int ntp, long arrivalNanos) {
    senderNtp = ntp;
    senderArrival = arrivalNanos;
  }

  long received() {
    return received;
  }

  /** A report with this reception, if it is time for one. */
  Optional<ByteBuffer> report(int source, int highest, long lost, long nowNanos) {
    if (received == 0 || (reported && nowNanos - lastReport < PERIOD_NANOS)) {
      return Optional.empty();
    }
    reported = true;
    lastReport = nowNanos;
    ByteBuffer out = ByteBuffer.allocate(52);
    out.putInt(0x81c90007).putInt(self).putInt(source);
    out.putInt((fraction(lost) << 24) | (int) Math.min(lost, 0x7fffff));
    out.putInt(highest).putInt((int) Math.min(jitter >> 4, Integer.MAX_VALUE));
    long delay = senderNtp == 0 ? 0 : (nowNanos - senderArrival) * 65_536 / 1_000_000_000;
    out.putInt(senderNtp).putInt((int) delay);
    // a compound packet must name who reports
    out.putInt(0x81ca0004).putInt(self).put((byte) 1).put((byte) NAME.length).put(NAME);
    return Optional.of(out.clear());
  }

  private int fraction(long lost) {
    long missing = lost - reportedLost;
    long all = missing + received - reportedReceived;
    reportedLost = lost;
    reportedReceived = received;
    return all <= 0 ? 0 : (int) Math.min(255, missing * 256 / all);
  }
}
