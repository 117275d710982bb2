// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A segment of nonsense as it lies here, in units of half a second. */
public final class OurCopy implements AutoCloseable {
  private static final Duration LENGTH = Duration.ofMillis(500);
  private static final long TICKS = 45_000;
  private static final int BOX = 8;

  private final SegmentKey key;
  private final List<Fragment> units = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Path file;
  private final SeekableByteChannel channel;

  /** Makes one with fragments of the given sizes, below a directory. */
  public OurCopy(Path directory, SegmentKey key, int... sizes) throws IOException {
    this.key = key;
    byte[] names = key.fileName().getBytes(StandardCharsets.UTF_8);
    add(Unit.Kind.INIT, box("ftyp", names), box("moov", names));
    for (int size : sizes) {
      Random frames = new Random(key.hashCode() + 31L * units.size());
      byte[] random = new byte[size];
      frames.nextBytes(random);
      byte[] number = {(byte) units.size(), 1, 2, 3};
      add(Unit.Kind.FRAGMENT, box("prft", number), box("moof", number), box("mdat", random));
    }
    file = Files.createTempFile(directory, "ours", ".mp4");
    Files.write(file, bytes.toByteArray());
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  private void add(Unit.Kind kind, byte[]... boxes) {
    int offset = bytes.size();
    for (byte[] box : boxes) {
      bytes.writeBytes(box);
    }
    boolean init = kind == Unit.Kind.INIT;
    long number = units.size() - 1L;
    Instant start = init ? key.start() : key.start().plus(LENGTH.multipliedBy(number));
    units.add(
        new Fragment(
            kind,
            offset,
            bytes.size() - offset,
            start,
            init ? Duration.ZERO : LENGTH,
            init ? 0 : TICKS * number,
            !init));
  }

  private static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(BOX + content.length)
        .putInt(BOX + content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .array();
  }

  /** Its name. */
  public SegmentKey key() {
    return key;
  }

  /** The index of its units. */
  public List<Fragment> units() {
    return units;
  }

  /** Its first bytes. */
  public byte[] first(long count) {
    return Arrays.copyOf(bytes.toByteArray(), (int) count);
  }

  /** All of it. */
  public byte[] all() {
    return bytes.toByteArray();
  }

  /** The offset at which a unit begins, or for the number of units the end. */
  public long boundary(int unit) {
    return unit < units.size() ? units.get(unit).offset() : bytes.size();
  }

  /** To read it. */
  public SeekableByteChannel channel() {
    return channel;
  }

  /** Opens it on a replica and sends all that is missing there, in one commit. */
  public long ship(ReplicaSession session) throws ReplicaException {
    return ship(session, units.size());
  }

  /** The same for the first units. */
  public long ship(ReplicaSession session, int count) throws ReplicaException {
    List<Fragment> known = units.subList(0, count);
    try (ReplicaFile there = session.open(key, known, channel)) {
      for (Fragment unit : known) {
        if (unit.offset() >= there.length()) {
          there.append(unit, channel);
        }
      }
      return there.commit().await();
    }
  }

  /**
   * The bytes that a player makes of a file: whole boxes, up to one that says it reaches to the
   * end, is empty, or is cut off.
   */
  public static int playable(byte[] file) {
    ByteBuffer boxes = ByteBuffer.wrap(file);
    while (boxes.remaining() >= BOX) {
      int size = boxes.getInt(boxes.position());
      if (size < BOX || size > boxes.remaining()) {
        break;
      }
      boxes.position(boxes.position() + size);
    }
    return boxes.position();
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
