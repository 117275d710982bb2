// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A few seconds of video, looped by a camera at 25 pictures a second. */
final class Clip {
  /** Pictures a second of every clip. */
  static final int RATE = 25;

  private static final Set<String> NAMES =
      new TreeSet<>(List.of("h264", "h264b", "h264small", "h265"));

  private final String name;
  private final Codec codec;
  private final List<Picture> pictures;

  private Clip(String name, Codec codec, List<Picture> pictures) {
    this.name = name;
    this.codec = codec;
    this.pictures = List.copyOf(pictures);
  }

  /**
   * Reads a clip that is shipped.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Clip named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("no clip " + name + "; there are " + NAMES);
    }
    Codec codec = name.startsWith("h265") ? Codec.H265 : Codec.H264;
    List<byte[]> units = annexB(resource(name + (codec == Codec.H265 ? ".h265" : ".h264")));
    return new Clip(name, codec, pictures(codec, units, order(name)));
  }

  static byte[] resource(String file) {
    try (InputStream in = Clip.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<Integer> order(String name) {
    if (!name.equals("h264b")) {
      return List.of();
    }
    return new String(resource(name + ".order"), StandardCharsets.US_ASCII)
        .lines()
        .map(Integer::valueOf)
        .toList();
  }

  /** Splits a byte stream at its start codes: H.264 and H.265, annex B. */
  static List<byte[]> annexB(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          units.add(trimmed(stream, start, i));
        }
        start = i + 3;
        i += 2;
      }
    }
    if (start >= 0) {
      units.add(trimmed(stream, start, stream.length));
    }
    return units;
  }

  private static byte[] trimmed(byte[] stream, int from, int to) {
    int end = to;
    while (end > from && stream[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOfRange(stream, from, end);
  }

  private static List<Picture> pictures(Codec codec, List<byte[]> units, List<Integer> order) {
    List<Picture> pictures = new ArrayList<>();
    List<byte[]> current = new ArrayList<>();
    int slices = -1;
    for (byte[] unit : units) {
      boolean slice = codec.slice(codec.type(unit));
      if (slices >= 0 && (!slice || codec.firstSlice(unit))) {
        pictures.add(picture(codec, current, slices, pictures.size(), order));
        current = new ArrayList<>();
        slices = -1;
      }
      if (slice && slices < 0) {
        slices = current.size();
      }
      current.add(unit);
    }
    pictures.add(picture(codec, current, slices, pictures.size(), order));
    return pictures;
  }

  private static Picture picture(
      Codec codec, List<byte[]> units, int slices, int index, List<Integer> order) {
    boolean key = codec.key(codec.type(units.get(slices)));
    return new Picture(List.copyOf(units), slices, key, order.isEmpty() ? index : order.get(index));
  }

  String name() {
    return name;
  }

  Codec codec() {
    return codec;
  }

  /** Picture size. */
  int width() {
    return name.equals("h264small") ? 320 : 640;
  }

  /** Picture size. */
  int height() {
    return width() * 9 / 16;
  }

  int length() {
    return pictures.size();
  }

  Picture picture(int index) {
    return pictures.get(index);
  }

  /** The parameter sets of the first picture. */
  List<byte[]> parameterSets() {
    return pictures.get(0).units().stream()
        .filter(unit -> codec.parameterSet(codec.type(unit)))
        .toList();
  }
}
