// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

/** Puts NAL units into RTP packets: RFC 6184 (single units and FU-A), RFC 7798 (and FU). */
final class VideoPacketizer {
  private static final int ROOM = RtpTrack.PACKET - RtpTrack.HEADER;

  private final RtpTrack track;

  VideoPacketizer(RtpTrack track) {
    this.track = track;
  }

  /**
   * Adds one NAL unit.
   *
   * @param last whether it ends its picture
   * @param ticks presentation time, in 1/90000 s
   */
  void add(Batch batch, Codec codec, byte[] unit, boolean last, long ticks) {
    if (unit.length <= ROOM) {
      track.begin(batch, last, ticks).put(unit, 0, unit.length);
      track.end(batch);
      return;
    }
    byte[] header = codec.fragmentHeader(unit);
    int type = header[header.length - 1];
    int at = codec.headerLength();
    boolean start = true;
    while (at < unit.length) {
      int length = Math.min(ROOM - header.length, unit.length - at);
      boolean end = at + length == unit.length;
      header[header.length - 1] = (byte) (type | (start ? 0x80 : 0) | (end ? 0x40 : 0));
      track.begin(batch, last && end, ticks).put(header, 0, header.length).put(unit, at, length);
      track.end(batch);
      at += length;
      start = false;
    }
  }
}
