// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the frame numbers ({@link FrameNumber}) out of an MP4 file, fragmented or not, whoever
 * wrote it. A torn end is left out, as every player does.
 */
public final class FrameCounterReader {
  /** Stands for a video sample without a number. */
  public static final long NONE = -1;

  private FrameCounterReader() {}

  /**
   * Returns the numbers of the video samples in decode order, {@link #NONE} for one without.
   *
   * @throws IOException if the file cannot be read, or is no MP4 file with H.264 or H.265
   */
  public static List<Long> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      Mp4Movie movie = Mp4Movie.read(bytes);
      List<Long> numbers = new ArrayList<>();
      for (Mp4Movie.Sample sample : movie.samples()) {
        numbers.add(number(movie, bytes, sample));
      }
      return numbers;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(file + " is no MP4 file that can be read: " + e.getMessage(), e);
    }
  }

  private static long number(Mp4Movie movie, ByteBuffer file, Mp4Movie.Sample sample) {
    ByteBuffer bytes = file.slice(Math.toIntExact(sample.offset()), sample.size());
    int prefix = movie.lengthBytes();
    while (bytes.remaining() > prefix) {
      long length = 0;
      for (int i = 0; i < prefix; i++) {
        length = (length << 8) | (bytes.get() & 0xff);
      }
      if (length > bytes.remaining()) {
        return NONE;
      }
      ByteBuffer unit = bytes.slice(bytes.position(), (int) length);
      if (length > 0 && movie.codec().slice(movie.codec().type(unit.get(0)))) {
        return NONE;
      }
      OptionalLong number = FrameNumber.read(movie.codec(), unit);
      if (number.isPresent()) {
        return number.getAsLong();
      }
      bytes.position(bytes.position() + (int) length);
    }
    return NONE;
  }
}
