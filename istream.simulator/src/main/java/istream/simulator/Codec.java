// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

/** How a video codec lays out its NAL units: ITU-T H.264 (7.3.1) and H.265 (7.3.1.2). */
enum Codec {
  /** One header byte; RTP as in RFC 6184. */
  H264("H264", 6, 12) {
    @Override
    byte[] header(int type) {
      return new byte[] {(byte) type};
    }

    @Override
    int type(byte first) {
      return first & 0x1f;
    }

    @Override
    boolean slice(int type) {
      return type >= 1 && type <= 5;
    }

    @Override
    boolean key(int type) {
      return type == 5;
    }

    @Override
    boolean parameterSet(int type) {
      return type == 7 || type == 8;
    }

    @Override
    byte[] fragmentHeader(byte[] unit) {
      return new byte[] {(byte) ((unit[0] & 0xe0) | 28), (byte) type(unit[0])};
    }
  },
  /** Two header bytes; RTP as in RFC 7798. */
  H265("H265", 39, 38) {
    @Override
    byte[] header(int type) {
      return new byte[] {(byte) (type << 1), 1};
    }

    @Override
    int type(byte first) {
      return (first >> 1) & 0x3f;
    }

    @Override
    boolean slice(int type) {
      return type < 32;
    }

    @Override
    boolean key(int type) {
      return type >= 16 && type <= 21;
    }

    @Override
    boolean parameterSet(int type) {
      return type >= 32 && type <= 34;
    }

    @Override
    byte[] fragmentHeader(byte[] unit) {
      return new byte[] {(byte) ((unit[0] & 0x81) | (49 << 1)), unit[1], (byte) type(unit[0])};
    }
  };

  private final String encoding;
  private final int seiType;
  private final int fillerType;

  Codec(String encoding, int seiType, int fillerType) {
    this.encoding = encoding;
    this.seiType = seiType;
    this.fillerType = fillerType;
  }

  /** Name in SDP. */
  String encoding() {
    return encoding;
  }

  int headerLength() {
    return seiHeader().length;
  }

  /** Header of supplemental enhancement information that goes before the slices. */
  byte[] seiHeader() {
    return header(seiType);
  }

  byte[] fillerHeader() {
    return header(fillerType);
  }

  boolean sei(int type) {
    return type == seiType;
  }

  /** Header of a NAL unit. */
  abstract byte[] header(int type);

  /** Type of the NAL unit that begins with this byte. */
  abstract int type(byte first);

  abstract boolean slice(int type);

  abstract boolean key(int type);

  abstract boolean parameterSet(int type);

  /** Header of a fragmentation unit; its last byte lacks the start and end bits. */
  abstract byte[] fragmentHeader(byte[] unit);

  int type(byte[] unit) {
    return type(unit[0]);
  }

  /** Whether a slice is the first of its picture: first_mb_in_slice is 0, or the H.265 flag. */
  boolean firstSlice(byte[] unit) {
    return unit.length > headerLength() && (unit[headerLength()] & 0x80) != 0;
  }
}
