// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Arena;
import istream.recorder.buffer.Payload;
import istream.recorder.media.Frame;
import istream.recorder.media.VideoFormat.Codec;
import java.nio.ByteBuffer;

/**
 * Collects NAL units into access units. A unit ends when the timestamp changes, for marker bits lie
 * on many cameras; parameter sets and the like that have a timestamp of their own go with the
 * picture behind them. What is damaged is dropped whole and counted.
 */
final class AccessUnitAssembler {
  /** More than any camera's key frame. */
  static final int MOST_BYTES = 8 << 20;

  private static final int MOST_SET_BYTES = 8192;
  private static final long PATIENCE_NANOS = 100_000_000;
  private static final long LONG_PATIENCE_NANOS = 1_000_000_000;

  private final Codec codec;
  private final Arena arena;
  private final VideoOutput output;
  private final LossLedger losses;
  private final KeyJudge judge;

  private Payload payload;
  private long time;
  private boolean open;
  private long arrival;
  private long lastArrival;
  private long packets;
  private int nalStart = -1;
  private NalKind kind = NalKind.OTHER;
  private boolean damaged;
  private boolean pictured;
  private boolean marked;
  private boolean markersLie;
  private boolean headDoubtful;

  AccessUnitAssembler(Codec codec, Arena arena, VideoOutput output, LossLedger losses) {
    this.codec = codec;
    this.arena = arena;
    this.output = output;
    this.losses = losses;
    judge = new KeyJudge(codec);
    payload = arena.payload();
  }

  /** Packets are missing: what is open is not whole, and maybe the start of what follows. */
  void gap() {
    if (open && marked && !markersLie) {
      endNal();
      turn();
    } else if (open) {
      damage();
    }
    headDoubtful = true;
  }

  /** A packet begins. */
  void packet(long packetTime, long arrivalNanos) {
    if (open && packetTime != time) {
      endNal();
      turn();
    } else if (open && marked) {
      // the unit went on behind its marker
      markersLie = true;
      marked = false;
      if (headDoubtful) {
        damage();
      }
    }
    if (!open || (!pictured && packetTime != time)) {
      arrival = arrivalNanos;
    }
    open = true;
    time = packetTime;
    lastArrival = arrivalNanos;
    packets++;
  }

  /** The packet had the marker bit. */
  void marker() {
    marked = true;
  }

  /** Something of the unit makes no sense: it will be dropped. */
  void damage() {
    damaged = true;
    payload.release();
  }

  /**
   * A NAL unit begins; one that is open ends.
   *
   * @param header the first byte of its header
   * @param next the first byte behind its header, 0 if there is none
   */
  void startNal(int header, int next) {
    endNal();
    kind = NalKind.of(codec, header);
    // first_mb_in_slice is 0, or first_slice_segment_in_pic_flag is set: one bit in both codecs
    boolean first = (next & 0x80) != 0;
    if (pictured && kind.opensUnit()) {
      turn();
      open = true;
      packets = 1;
      arrival = lastArrival;
    }
    if (headDoubtful && kind != NalKind.OTHER) {
      headDoubtful = false;
      if (kind.isSlice() && !first) {
        damage();
      }
    }
    nalStart = payload.size();
    if (!damaged) {
      payload.appendInt(0);
    }
  }

  /** Appends to the NAL unit that is open. */
  void append(ByteBuffer bytes) {
    if (payload.size() + bytes.remaining() > MOST_BYTES) {
      damage();
    }
    if (nalStart >= 0 && !damaged) {
      payload.append(bytes);
    }
  }

  void append(int value) {
    if (nalStart >= 0 && !damaged) {
      payload.append((byte) value);
    }
  }

  boolean inNal() {
    return nalStart >= 0;
  }

  /** The NAL unit that is open is whole. */
  void endNal() {
    if (nalStart < 0) {
      return;
    }
    int start = nalStart + 4;
    int length = payload.size() - start;
    nalStart = -1;
    pictured |= kind.isSlice();
    if (payload.failed() || damaged) {
      return;
    }
    payload.putInt(start - 4, length);
    if (kind.isParameterSet() && length <= MOST_SET_BYTES) {
      output.parameterSet(copy(start, length));
    }
    judge.nal(kind, payload, start);
  }

  private byte[] copy(int start, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = payload.get(start + i);
    }
    return bytes;
  }

  /** Another timestamp begins: hands out what is open, or keeps it for the picture to come. */
  private void turn() {
    boolean whole = !damaged && !payload.failed();
    if (whole && !pictured) {
      marked = false;
      return;
    }
    boolean key = judge.isKey();
    if (whole && output.ready()) {
      Frame frame = new Frame(time, 0, key, losses.take(), payload, arrival);
      payload = arena.payload();
      reset();
      output.deliver(frame);
    } else {
      if (!whole) {
        losses.lost(packets);
      }
      reset();
    }
  }

  private void reset() {
    payload.release();
    judge.reset();
    open = false;
    damaged = false;
    pictured = false;
    marked = false;
    packets = 0;
    nalStart = -1;
  }

  /** Hands out what is open if its marker was seen and nothing followed for a while. */
  void flush(long nowNanos) {
    long patience = markersLie ? LONG_PATIENCE_NANOS : PATIENCE_NANOS;
    if (open && marked && nowNanos - lastArrival >= patience) {
      endNal();
      if (pictured) {
        turn();
        // what still comes of this picture is no picture of its own
        headDoubtful = true;
      }
    }
  }

  void close() {
    reset();
  }
}
