// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Payload;

/** G.711 (RFC 3551 section 4.5.14): every packet is a piece of sound, one byte per sample. */
final class G711Depacketizer implements Depacketizer {
  private final AudioOutput output;
  private final int channels;

  G711Depacketizer(AudioOutput output, int channels) {
    this.output = output;
    this.channels = channels;
  }

  @Override
  public void gap() {
    // no packet hangs on another
  }

  @Override
  public void packet(RtpPacket packet, long time, long arrivalNanos) {
    int ticks = packet.payload().remaining() / channels;
    if (ticks > 0) {
      Payload payload = output.payload();
      payload.append(packet.payload());
      output.deliver(time, ticks, payload, arrivalNanos);
    }
  }

  @Override
  public void flush(long nowNanos) {
    // nothing is ever pending
  }

  @Override
  public void close() {
    // nothing is ever pending
  }
}
