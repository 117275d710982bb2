// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.Unit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Units of footage as docs/design/footage-file.md lays them out, with frames of nonsense. */
final class Footage {
  static final Instant START = Instant.parse("2026-03-01T10:59:58.500Z");
  static final Duration LENGTH = Duration.ofMillis(500);

  private static final int FRAMES = 5;
  private static final long TICKS = 9_000;

  private Footage() {}

  static Unit init(Instant start) {
    byte[] mdhd = fields(0, 0, 0, 90_000, 0, 0);
    byte[] hdlr = fields(0, 0, 0x76696465, 0, 0, 0, 0);
    byte[] trak =
        box(
            "trak",
            box("tkhd", fields(0, 0, 0, 1, 0)),
            box("mdia", box("mdhd", mdhd), box("hdlr", hdlr)));
    byte[] trex = box("mvex", box("trex", fields(0, 1, 1, 0, 0, 0)));
    byte[] moov = box("moov", trak, trex);
    return unit(Unit.Kind.INIT, start, Duration.ZERO, 0, box("ftyp", fields(1, 2)), moov);
  }

  /**
   * The fragment of that number; all last {@link #LENGTH}, every fourth begins with a key frame.
   */
  static Unit fragment(Instant start, int number) {
    return fragment(start, number, 1_000 + number);
  }

  /** One with so many bytes of frames. */
  static Unit fragment(Instant start, int number, int bytes) {
    Instant at = start.plus(LENGTH.multipliedBy(number));
    long decodeTime = (long) number * FRAMES * TICKS;
    boolean key = number % 4 == 0;
    byte[] tfhd = box("tfhd", fields(0x20000, 1));
    byte[] tfdt = box("tfdt", fields(0x1000000, 0, (int) decodeTime));
    ByteBuffer run = ByteBuffer.allocate(8 + FRAMES * 8);
    run.putInt(0x1000500).putInt(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      run.putInt((int) TICKS).putInt(i == 0 && key ? 0x2000000 : 0x1010000);
    }
    byte[] moof =
        box(
            "moof",
            box("mfhd", fields(0, number)),
            box("traf", tfhd, tfdt, box("trun", run.array())));
    byte[] mdat = box("mdat", new byte[bytes]);
    return unit(
        Unit.Kind.FRAGMENT, at, LENGTH, decodeTime, box("prft", prft(at, decodeTime)), moof, mdat);
  }

  private static byte[] prft(Instant at, long decodeTime) {
    long fraction = ((long) at.getNano() << 32) / 1_000_000_000;
    long ntp = ((at.getEpochSecond() + 2_208_988_800L) << 32) + fraction;
    return ByteBuffer.allocate(24)
        .putInt(0x1000018)
        .putInt(1)
        .putLong(ntp)
        .putLong(decodeTime)
        .array();
  }

  /** A tail whose index knows the fragment with a moof at {@code moof}. */
  static Unit tail(Instant end, long moof) {
    byte[] tfra =
        box("tfra", fields(0x1000000, 1, 0, 1, 0, 0, 0, (int) moof), new byte[] {1, 1, 1});
    int size = 8 + tfra.length + 16;
    return unit(
        Unit.Kind.TAIL, end, Duration.ZERO, 0, box("mfra", tfra, box("mfro", fields(0, size))));
  }

  private static Unit unit(
      Unit.Kind kind, Instant start, Duration duration, long decodeTime, byte[]... parts) {
    List<ByteBuffer> bytes = new ArrayList<>();
    for (byte[] part : parts) {
      bytes.add(ByteBuffer.wrap(part));
    }
    boolean key = kind == Unit.Kind.FRAGMENT && decodeTime % (4 * FRAMES * TICKS) == 0;
    return new Unit(kind, bytes, start, duration, decodeTime, key);
  }

  static byte[] box(String type, byte[]... contents) {
    int size = 8;
    for (byte[] content : contents) {
      size += content.length;
    }
    ByteBuffer box = ByteBuffer.allocate(size).putInt(size);
    box.put(type.getBytes(StandardCharsets.US_ASCII));
    for (byte[] content : contents) {
      box.put(content);
    }
    return box.array();
  }

  private static byte[] fields(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  static byte[] bytes(Unit unit) {
    ByteBuffer all = ByteBuffer.allocate((int) unit.remaining());
    unit.bytes().forEach(part -> all.put(part.duplicate()));
    return all.array();
  }
}
