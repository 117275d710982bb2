// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The smallest piece in which footage is stored, shipped and recovered: whole or not at all.
 * Archives see its bytes as opaque. The buffers belong to the caller again once the archive has
 * returned.
 *
 * @param kind which part of a file it is
 * @param bytes its bytes in order; positions are moved by reading
 * @param start wall clock of its first frame; for an init or a tail that of the file's start or end
 * @param duration of its video; zero for an init or a tail
 * @param decodeTime of its first video frame, in ticks of 1/90000 s since the start of the run
 * @param key whether it begins with a key frame
 */
public record Unit(
    Kind kind,
    List<ByteBuffer> bytes,
    Instant start,
    Duration duration,
    long decodeTime,
    boolean key) {
  /** The parts of a file of footage, in their order. */
  public enum Kind {
    /** {@code ftyp} and {@code moov}: once, first. */
    INIT,
    /** {@code prft}, {@code moof} and {@code mdat}: any number. */
    FRAGMENT,
    /** {@code mfra}: at most once, last. */
    TAIL
  }

  /** Bytes that remain to be written. */
  public long remaining() {
    return bytes.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** The instant after its last frame. */
  public Instant end() {
    return start.plus(duration);
  }
}
