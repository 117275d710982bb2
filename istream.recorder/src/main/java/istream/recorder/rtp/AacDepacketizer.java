// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Payload;
import istream.recorder.media.MediaDescription;
import java.nio.ByteBuffer;

/** AAC (RFC 3640 section 3.2): several access units in a packet, or one over several packets. */
final class AacDepacketizer implements Depacketizer {
  private static final int MOST_UNIT_BYTES = 65_535;

  private final AudioOutput output;
  private final int ticks;
  private final int sizeLength;
  private final int indexLength;
  private final int indexDeltaLength;

  private Payload partial;
  private int wanted;
  private long partialTime;
  private long partialArrival;

  /**
   * Makes a depacketizer.
   *
   * @param ticks how long an access unit lasts
   */
  AacDepacketizer(AudioOutput output, int ticks, MediaDescription media) {
    this.output = output;
    this.ticks = ticks;
    boolean low = media.fmtp().getOrDefault("mode", "").equalsIgnoreCase("AAC-lbr");
    sizeLength = length(media, "sizelength", low ? 6 : 13);
    indexLength = length(media, "indexlength", low ? 2 : 3);
    indexDeltaLength = length(media, "indexdeltalength", low ? 2 : 3);
  }

  /** What the description says if it makes sense, else what RFC 3640 section 3.3 fixes. */
  private static int length(MediaDescription media, String key, int usual) {
    String text = media.fmtp().getOrDefault(key, "");
    int length = text.matches("\\d{1,2}") ? Integer.parseInt(text) : usual;
    return length > 16 || (length == 0 && key.equals("sizelength")) ? usual : length;
  }

  @Override
  public void gap() {
    dropPartial();
  }

  @Override
  public void packet(RtpPacket packet, long time, long arrivalNanos) {
    ByteBuffer payload = packet.payload();
    int headerBits = payload.remaining() >= 2 ? payload.getShort() & 0xffff : 0;
    int headerBytes = (headerBits + 7) / 8;
    if (headerBits < sizeLength + indexLength || headerBytes > payload.remaining()) {
      dropPartial();
      output.lost(1);
      return;
    }
    int headers = payload.position();
    payload.position(headers + headerBytes);
    if (partial != null && time == partialTime) {
      continuePartial(payload);
      return;
    }
    dropPartial();
    units(payload, headers * 8L, headerBits, time, arrivalNanos);
  }

  private void units(ByteBuffer payload, long headers, int headerBits, long time, long arrival) {
    int used = 0;
    int position = 0;
    int index = indexLength;
    while (used + sizeLength + index <= headerBits) {
      int size = bits(payload, headers + used, sizeLength);
      int step = bits(payload, headers + used + sizeLength, index);
      position += used == 0 ? step : step + 1;
      used += sizeLength + index;
      boolean only = used + sizeLength + indexDeltaLength > headerBits && index == indexLength;
      unit(payload, size, only, time + (long) position * ticks, arrival);
      index = indexDeltaLength;
    }
  }

  private void unit(ByteBuffer payload, int size, boolean only, long time, long arrival) {
    if (size > payload.remaining() && !only) {
      output.lost(1);
      payload.position(payload.limit());
      return;
    }
    if (size == 0 || size > MOST_UNIT_BYTES) {
      return;
    }
    Payload unit = output.payload();
    int end = payload.limit();
    payload.limit(Math.min(end, payload.position() + size));
    unit.append(payload);
    payload.position(payload.limit()).limit(end);
    if (unit.size() == size || unit.failed()) {
      output.deliver(time, ticks, unit, arrival);
    } else {
      partial = unit;
      wanted = size;
      partialTime = time;
      partialArrival = arrival;
    }
  }

  private void continuePartial(ByteBuffer payload) {
    if (payload.remaining() > wanted - partial.size()) {
      dropPartial();
      return;
    }
    partial.append(payload);
    if (partial.size() == wanted || partial.failed()) {
      Payload whole = partial;
      partial = null;
      output.deliver(partialTime, ticks, whole, partialArrival);
    }
  }

  private static int bits(ByteBuffer bytes, long from, int count) {
    int value = 0;
    for (long bit = from; bit < from + count; bit++) {
      value = (value << 1) | ((bytes.get((int) (bit >>> 3)) >>> (7 - (bit & 7))) & 1);
    }
    return value;
  }

  private void dropPartial() {
    if (partial != null) {
      partial.release();
      partial = null;
      output.lost(1);
    }
  }

  @Override
  public void flush(long nowNanos) {
    // an access unit is handed out as soon as it is whole
  }

  @Override
  public void close() {
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }
}
