// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** One RTP stream: numbers its packets (RFC 3550, 5.1) and reports on them (6.4.1). */
final class RtpTrack {
  /** Largest packet, its RTP header included. */
  static final int PACKET = 1400;

  static final int HEADER = 12;

  private static final long NTP_EPOCH = 2_208_988_800L;

  private final int kind;
  private final int payloadType;
  private final RandomGenerator random;
  private final int ssrc;
  private final int base;
  private int sequence;
  private long packets;
  private long octets;
  private double loss;
  private boolean wrongSsrc;

  RtpTrack(int kind, int payloadType, RandomGenerator random) {
    this.kind = kind;
    this.payloadType = payloadType;
    this.random = random;
    this.ssrc = random.nextInt();
    this.base = random.nextInt();
    this.sequence = random.nextInt(1 << 16);
  }

  int ssrc() {
    return ssrc;
  }

  /** Sequence number of the next packet. */
  int sequence() {
    return sequence;
  }

  /** RTP time of a media time in ticks. */
  long time(long ticks) {
    return (base + ticks) & 0xffff_ffffL;
  }

  void faults(double loss, boolean wrongSsrc) {
    this.loss = loss;
    this.wrongSsrc = wrongSsrc;
  }

  /** Begins a packet: what is put next is its payload. */
  Batch begin(Batch batch, boolean marker, long ticks) {
    return batch
        .begin(kind)
        .u8(0x80)
        .u8(marker ? payloadType | 0x80 : payloadType)
        .u16(sequence)
        .u32(time(ticks))
        .u32(wrongSsrc ? ~ssrc : ssrc);
  }

  void end(Batch batch) {
    int length = batch.end();
    sequence = (sequence + 1) & 0xffff;
    packets++;
    octets += length - HEADER;
    if (loss > 0 && random.nextDouble() < loss) {
      batch.drop();
    }
  }

  /** Adds a sender report that says which media time an instant of the wall clock is. */
  void report(Batch batch, Instant now, long ticks) {
    batch.begin(kind + 1).u8(0x80).u8(200).u16(6).u32(wrongSsrc ? ~ssrc : ssrc);
    batch.u32(now.getEpochSecond() + NTP_EPOCH).u32(((long) now.getNano() << 32) / 1_000_000_000L);
    batch.u32(time(ticks)).u32(packets).u32(octets);
    batch.u8(0x81).u8(202).u16(3).u32(wrongSsrc ? ~ssrc : ssrc);
    batch.u8(1).u8(3).u8('s').u8('i').u8('m').u8(0).u16(0);
    batch.end();
  }
}
