// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The packets of one picture, ready to be sent to every viewer: each framed as in RFC 2326, 10.12.
 * The channel in the framing is the kind of packet; {@link #view} puts a viewer's channels there.
 */
final class Batch {
  static final int VIDEO = 0;
  static final int VIDEO_REPORT = 1;
  static final int AUDIO = 2;
  static final int AUDIO_REPORT = 3;

  private static final int FRAMING = 4;

  private byte[] bytes = new byte[32 * 1024];
  private int size;
  private int packet;

  /** Begins a packet. */
  Batch begin(int kind) {
    packet = size;
    return u8('$').u8(kind).u16(0);
  }

  /** Ends the packet that was begun and returns its length without the framing. */
  int end() {
    int length = size - packet - FRAMING;
    bytes[packet + 2] = (byte) (length >> 8);
    bytes[packet + 3] = (byte) length;
    return length;
  }

  /** Takes back the packet that was begun. */
  void drop() {
    size = packet;
  }

  Batch u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Batch u16(int value) {
    return u8(value >> 8).u8(value);
  }

  Batch u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  Batch put(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  int size() {
    return size;
  }

  /**
   * The packets for a viewer.
   *
   * @param channels for each kind of packet the viewer's channel, or -1 to leave it out
   */
  ByteBuffer view(int[] channels) {
    if (Arrays.equals(channels, new int[] {VIDEO, VIDEO_REPORT, AUDIO, AUDIO_REPORT})) {
      return ByteBuffer.wrap(bytes, 0, size);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    int at = 0;
    while (at < size) {
      int length = FRAMING + (((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff));
      int channel = channels[bytes[at + 1]];
      if (channel >= 0) {
        out.put((byte) '$').put((byte) channel).put(bytes, at + 2, length - 2);
      }
      at += length;
    }
    return out.flip();
  }
}
