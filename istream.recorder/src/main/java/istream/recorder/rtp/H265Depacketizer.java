// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.VideoFormat.Codec;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** H.265 (RFC 7798). */
final class H265Depacketizer implements Depacketizer {
  private static final int AGGREGATE = 48;
  private static final int FRAGMENT = 49;
  private static final int HEADER_BYTES = 2;
  private static final int DONL_BYTES = 2;
  private static final int DOND_BYTES = 1;

  private final AccessUnitAssembler assembler;
  private final Consumer<ByteBuffer> nals = this::nal;
  private final SuspectFragments suspects = new SuspectFragments(nals);
  private final boolean numbered;

  /**
   * Makes a depacketizer.
   *
   * @param numbered whether packets carry decoding order numbers: sprop-max-don-diff is above 0
   */
  H265Depacketizer(AccessUnitAssembler assembler, boolean numbered) {
    this.assembler = assembler;
    this.numbered = numbered;
  }

  @Override
  public void gap() {
    if (suspects.drop()) {
      assembler.damage();
    }
    assembler.gap();
  }

  @Override
  public void packet(RtpPacket packet, long time, long arrivalNanos) {
    ByteBuffer payload = packet.payload();
    if (suspects.isOpen() && !continues(payload)) {
      finishSuspects();
    }
    assembler.packet(time, arrivalNanos);
    if (payload.remaining() > HEADER_BYTES) {
      int type = (payload.get(payload.position()) >>> 1) & 0x3f;
      switch (type) {
        case AGGREGATE -> aggregate(payload);
        case FRAGMENT -> fragment(payload);
        case 50 -> assembler.damage(); // PACI, which nobody sends
        default -> single(payload);
      }
    }
    if (packet.marker()) {
      assembler.marker();
    }
  }

  private static boolean continues(ByteBuffer payload) {
    int at = payload.position();
    return payload.remaining() > HEADER_BYTES
        && ((payload.get(at) >>> 1) & 0x3f) == FRAGMENT
        && (payload.get(at + HEADER_BYTES) & 0x80) == 0;
  }

  private void finishSuspects() {
    if (!suspects.finish()) {
      assembler.damage();
    }
  }

  private void single(ByteBuffer payload) {
    if (!numbered) {
      suspects.split(payload, NalKind.of(Codec.H265, payload.get(payload.position())));
    } else if (payload.remaining() > HEADER_BYTES + DONL_BYTES) {
      int header = payload.get();
      int layer = payload.get();
      skip(payload, DONL_BYTES);
      start(header, layer, payload);
      assembler.append(payload);
      assembler.endNal();
    }
  }

  private void nal(ByteBuffer nal) {
    if (nal.remaining() >= HEADER_BYTES) {
      int header = nal.get();
      int layer = nal.get();
      start(header, layer, nal);
      if (assembler.inNal()) {
        assembler.append(nal);
        assembler.endNal();
      }
    }
  }

  private void start(int header, int layer, ByteBuffer rest) {
    if ((header & 0x80) != 0) {
      assembler.endNal();
      assembler.damage(); // forbidden_zero_bit
    } else {
      assembler.startNal(header, rest.hasRemaining() ? rest.get(rest.position()) : 0);
      assembler.append(header);
      assembler.append(layer);
    }
  }

  private void aggregate(ByteBuffer payload) {
    skip(payload, HEADER_BYTES + (numbered ? DONL_BYTES : 0));
    int end = payload.limit();
    while (payload.remaining() >= 2) {
      int size = payload.getShort() & 0xffff;
      if (size > payload.remaining()) {
        assembler.damage();
        return;
      }
      if (size > 0) {
        int next = payload.position() + size;
        payload.limit(next);
        AnnexB.split(payload, nals);
        payload.limit(end).position(next);
      }
      skip(payload, numbered ? DOND_BYTES : 0);
    }
  }

  private void fragment(ByteBuffer payload) {
    if (payload.remaining() < HEADER_BYTES + 1) {
      assembler.damage();
      return;
    }
    int header = payload.get();
    int layer = payload.get();
    int fragment = payload.get();
    if ((fragment & 0x80) != 0) {
      skip(payload, numbered ? DONL_BYTES : 0);
      startFragments((header & 0x81) | ((fragment & 0x3f) << 1), layer, payload);
    }
    if (suspects.isOpen()) {
      suspects.append(payload);
    } else if (assembler.inNal()) {
      assembler.append(payload);
    } else {
      assembler.damage(); // its start is missing
    }
    if ((fragment & 0x40) != 0) {
      assembler.endNal();
      finishSuspects();
    }
  }

  private void startFragments(int header, int layer, ByteBuffer rest) {
    if (suspects.suspects(NalKind.of(Codec.H265, header))) {
      assembler.endNal();
      suspects.start();
      suspects.append(header);
      suspects.append(layer);
    } else {
      start(header, layer, rest);
    }
  }

  private static void skip(ByteBuffer payload, int bytes) {
    payload.position(Math.min(payload.limit(), payload.position() + bytes));
  }

  @Override
  public void flush(long nowNanos) {
    if (!suspects.isOpen()) {
      assembler.flush(nowNanos);
    }
  }

  @Override
  public void close() {
    assembler.close();
  }
}
