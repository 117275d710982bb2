// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.api.footage.Fragment;
import istream.api.footage.Unit;
import istream.recorder.media.Frame;
import istream.recorder.time.RunClock;
import istream.recorder.time.WallClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A run recorded to memory. */
final class Recording {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final UUID RUN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  final List<Unit> units = new ArrayList<>();
  final List<byte[]> bytes = new ArrayList<>();
  final FragmentAssembler assembler;
  private final Source source;

  Recording(Source source) {
    this.source = source;
    WallClock wall = new WallClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> Source.arrival(0));
    assembler = new FragmentAssembler(source.audio(), new RunClock(wall), 90_000, this::store);
  }

  private void store(AssembledFragment fragment) {
    units.add(fragment.unit());
    bytes.add(copy(fragment.unit().bytes()));
    fragment.release();
  }

  static byte[] copy(List<ByteBuffer> buffers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WritableByteChannel channel = Channels.newChannel(out)) {
      for (ByteBuffer buffer : buffers) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** Feeds the whole source in the order of arrival. */
  Recording record() {
    int piece = 0;
    for (int i = 0; i < source.packets.size(); i++) {
      Frame picture = source.picture(i);
      while (piece < source.audioPieces() && source.pieceArrival(piece) < picture.arrivalNanos()) {
        assembler.audio(source.piece(piece++));
      }
      assembler.video(picture);
    }
    while (piece < source.audioPieces()) {
      assembler.audio(source.piece(piece++));
    }
    assembler.flush();
    return this;
  }

  byte[] init(int number) {
    Identity identity = new Identity("front", RUN, number, NOW);
    return copy(List.of(InitSegment.of(source.video(), source.audio(), identity)));
  }

  /** A file of the fragments from one index to another, as far as it is when it is open. */
  byte[] open(int number, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(init(number));
    bytes.subList(from, to).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** The same, closed in order. */
  byte[] closed(int number, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] init = init(number);
    List<Fragment> index = new ArrayList<>();
    index.add(new Fragment(Unit.Kind.INIT, 0, init.length, NOW, Duration.ZERO, 0, false));
    long offset = init.length;
    for (int i = from; i < to; i++) {
      Unit unit = units.get(i);
      index.add(
          new Fragment(
              unit.kind(),
              offset,
              bytes.get(i).length,
              unit.start(),
              unit.duration(),
              unit.decodeTime(),
              unit.key()));
      offset += bytes.get(i).length;
    }
    out.writeBytes(open(number, from, to));
    out.writeBytes(copy(List.of(Tail.of(index))));
    return out.toByteArray();
  }

  int count() {
    return units.size();
  }

  static Path save(Path directory, String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  static Optional<Integer> find(byte[] content, String type) {
    for (int i = 0; i + 4 <= content.length; i++) {
      if (new String(content, i, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals(type)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
