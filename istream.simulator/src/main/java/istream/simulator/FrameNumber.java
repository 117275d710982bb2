// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The number that every access unit carries, so that lost frames can be counted in the recording: a
 * user_data_unregistered SEI message (H.264 and H.265, D.1.6) with the UUID {@link #ID} and a
 * big-endian 64-bit counter in the order of decoding. After a reboot of the simulator the counter
 * goes on at the next multiple of {@link #LIFE}.
 */
public final class FrameNumber {
  /** Tells our message from others. */
  public static final UUID ID = UUID.fromString("69737472-6561-6d20-8672-616d65206e6f");

  /** Numbers that a simulator has between two reboots. */
  public static final long LIFE = 1_000_000_000L;

  private static final int USER_DATA_UNREGISTERED = 5;
  private static final int SIZE = 24;

  private FrameNumber() {}

  /** A NAL unit with the number. */
  static byte[] unit(Codec codec, long number) {
    ByteBuffer message = ByteBuffer.allocate(2 + SIZE + 1);
    message.put((byte) USER_DATA_UNREGISTERED).put((byte) SIZE);
    message.putLong(ID.getMostSignificantBits()).putLong(ID.getLeastSignificantBits());
    message.putLong(number).put((byte) 0x80);
    return escaped(codec.seiHeader(), message.array());
  }

  /** Puts a 3 before every byte up to 3 that follows two zeros (H.264, 7.4.1). */
  private static byte[] escaped(byte[] header, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(header.length + payload.length * 3 / 2 + 1);
    out.put(header);
    int zeros = 0;
    for (byte b : payload) {
      if (zeros >= 2 && (b & 0xff) <= 3) {
        out.put((byte) 3);
        zeros = 0;
      }
      out.put(b);
      zeros = b == 0 ? zeros + 1 : 0;
    }
    byte[] unit = new byte[out.position()];
    out.flip().get(unit);
    return unit;
  }

  /** The number in a NAL unit; empty if it carries none. Moves the buffer's position. */
  static OptionalLong read(Codec codec, ByteBuffer unit) {
    if (unit.remaining() <= codec.headerLength()
        || !codec.sei(codec.type(unit.get(unit.position())))) {
      return OptionalLong.empty();
    }
    unit.position(unit.position() + codec.headerLength());
    ByteBuffer payload = unescaped(unit);
    while (payload.remaining() > 2) {
      int type = extended(payload);
      int size = extended(payload);
      if (size > payload.remaining()) {
        return OptionalLong.empty();
      }
      int next = payload.position() + size;
      if (type == USER_DATA_UNREGISTERED
          && size >= SIZE
          && payload.getLong() == ID.getMostSignificantBits()
          && payload.getLong() == ID.getLeastSignificantBits()) {
        return OptionalLong.of(payload.getLong());
      }
      payload.position(next);
    }
    return OptionalLong.empty();
  }

  private static int extended(ByteBuffer payload) {
    int value = 0;
    while (payload.hasRemaining()) {
      int b = payload.get() & 0xff;
      value += b;
      if (b != 0xff) {
        break;
      }
    }
    return value;
  }

  private static ByteBuffer unescaped(ByteBuffer unit) {
    ByteBuffer out = ByteBuffer.allocate(unit.remaining());
    int zeros = 0;
    while (unit.hasRemaining()) {
      byte b = unit.get();
      if (zeros >= 2 && b == 3) {
        zeros = 0;
        continue;
      }
      out.put(b);
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return out.flip();
  }
}
