// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which packets belong to the track: those of the source that delivers, with the payload
 * type that was announced. Cameras announce one SSRC and send another, and some number the payload
 * otherwise than they say; what arrives alone for a while is believed. Packets that had to wait for
 * that are kept, for a stream begins with its key frame.
 */
final class SourceLock {
  /** Packets in a row after which another source, or payload type, is the track's. */
  static final int CONSISTENT = 4;

  private final List<ByteBuffer> waiting = new ArrayList<>(CONSISTENT);
  private final int announced;
  private boolean announcedSeen;
  private boolean locked;
  private int payloadType;
  private int ssrc;
  private int waitingType;
  private int waitingSource;

  SourceLock(int announced) {
    this.announced = announced;
  }

  /** Whether the packet is the track's; if it is not, {@link #believed} may change that. */
  boolean accepts(RtpPacket packet) {
    announcedSeen |= packet.payloadType() == announced;
    if (!locked && packet.payloadType() == announced) {
      lock(packet);
    }
    if (locked && packet.ssrc() == ssrc && packet.payloadType() == payloadType) {
      waiting.clear();
      return true;
    }
    if (packet.payloadType() == announced || !announcedSeen) {
      await(packet);
    }
    return false;
  }

  private void await(RtpPacket packet) {
    if (packet.ssrc() != waitingSource || packet.payloadType() != waitingType) {
      waiting.clear();
      waitingSource = packet.ssrc();
      waitingType = packet.payloadType();
    }
    waiting.add(packet.copy());
    if (waiting.size() == CONSISTENT) {
      lock(packet);
    }
  }

  private void lock(RtpPacket packet) {
    locked = true;
    ssrc = packet.ssrc();
    payloadType = packet.payloadType();
  }

  /** The packets that a source had to send to be believed, at the moment it is; mostly none. */
  List<ByteBuffer> believed() {
    if (waiting.size() < CONSISTENT) {
      return List.of();
    }
    List<ByteBuffer> packets = List.copyOf(waiting);
    waiting.clear();
    return packets;
  }

  boolean locked() {
    return locked;
  }

  int ssrc() {
    return ssrc;
  }
}
