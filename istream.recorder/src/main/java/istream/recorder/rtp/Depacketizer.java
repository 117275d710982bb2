// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

/** Puts the payloads of one track's packets together; one per payload format. */
interface Depacketizer {
  /** Packets are missing before the next one. */
  void gap();

  /**
   * The next packet.
   *
   * @param time its timestamp, unwrapped
   */
  void packet(RtpPacket packet, long time, long arrivalNanos);

  /** Hands out what is pending if it is whole and nothing followed for a while. */
  void flush(long nowNanos);

  /** Gives up what is pending. */
  void close();
}
