// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.VideoFormat.Codec;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** H.264 in its single and non-interleaved modes (RFC 6184), as cameras understand it. */
final class H264Depacketizer implements Depacketizer {
  private static final int STAP_A = 24;
  private static final int STAP_B = 25;
  private static final int FU_A = 28;
  private static final int FU_B = 29;
  private static final int DON_BYTES = 2;

  private final AccessUnitAssembler assembler;
  private final Consumer<ByteBuffer> nals = this::nal;
  private final SuspectFragments suspects = new SuspectFragments(nals);

  H264Depacketizer(AccessUnitAssembler assembler) {
    this.assembler = assembler;
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
    if (payload.hasRemaining()) {
      int type = payload.get(payload.position()) & 0x1f;
      switch (type) {
        case STAP_A, STAP_B -> aggregate(payload, type == STAP_B);
        case FU_A, FU_B -> fragment(payload, type == FU_B);
        case 26, 27 -> assembler.damage(); // MTAP, of the interleaved mode only
        case 30, 31 -> {
          // reserved: to be ignored
        }
        default -> suspects.split(payload, NalKind.of(Codec.H264, type));
      }
    }
    if (packet.marker()) {
      assembler.marker();
    }
  }

  private static boolean continues(ByteBuffer payload) {
    int at = payload.position();
    return payload.remaining() >= 2
        && (payload.get(at) & 0x1f) == FU_A
        && (payload.get(at + 1) & 0x80) == 0;
  }

  private void finishSuspects() {
    if (!suspects.finish()) {
      assembler.damage();
    }
  }

  private void nal(ByteBuffer nal) {
    int at = nal.position();
    int header = nal.get(at);
    if ((header & 0x80) != 0) {
      assembler.damage(); // forbidden_zero_bit
    } else if ((header & 0x1f) != 0) {
      assembler.startNal(header, nal.remaining() > 1 ? nal.get(at + 1) : 0);
      assembler.append(nal);
      assembler.endNal();
    }
  }

  private void aggregate(ByteBuffer payload, boolean numbered) {
    payload.get();
    skip(payload, numbered ? DON_BYTES : 0);
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
    }
  }

  private void fragment(ByteBuffer payload, boolean numbered) {
    if (payload.remaining() < 2) {
      assembler.damage();
      return;
    }
    int indicator = payload.get();
    int header = payload.get();
    boolean start = (header & 0x80) != 0;
    skip(payload, numbered && start ? DON_BYTES : 0);
    if (start && (indicator & 0x80) == 0) {
      startFragments((indicator & 0xe0) | (header & 0x1f), payload);
    }
    if (suspects.isOpen()) {
      suspects.append(payload);
    } else if (assembler.inNal()) {
      assembler.append(payload);
    } else {
      assembler.damage(); // its start is missing
    }
    if ((header & 0x40) != 0) {
      assembler.endNal();
      finishSuspects();
    }
  }

  private void startFragments(int header, ByteBuffer rest) {
    if (suspects.suspects(NalKind.of(Codec.H264, header))) {
      assembler.endNal();
      suspects.start();
      suspects.append(header);
    } else {
      assembler.startNal(header, rest.hasRemaining() ? rest.get(rest.position()) : 0);
      assembler.append(header);
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
