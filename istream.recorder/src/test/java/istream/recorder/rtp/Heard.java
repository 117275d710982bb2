// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.Payload;
import istream.recorder.media.Frame;
import istream.recorder.media.FrameSink;
import istream.recorder.media.TrackFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what comes out of a receiver, and releases the payloads. */
final class Heard implements FrameSink {
  /** A frame's own values and its bytes. */
  record Piece(long time, int ticks, boolean key, boolean lossBefore, ByteBuffer data) {
    /** The NAL units, in hex. */
    List<String> nals() {
      ByteBuffer all = data.duplicate();
      List<String> nals = new ArrayList<>();
      while (all.hasRemaining()) {
        byte[] nal = new byte[all.getInt()];
        all.get(nal);
        nals.add(HexFormat.of().formatHex(nal));
      }
      return nals;
    }
  }

  final List<Piece> pieces = new ArrayList<>();
  final List<TrackFormat> formats = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<long[]> clocks = new ArrayList<>();
  long lost;

  @Override
  public void format(int track, TrackFormat format) {
    formats.add(format);
    events.add("format");
  }

  @Override
  public void frame(int track, Frame frame) {
    List<ByteBuffer> parts = new ArrayList<>();
    Payload.gather(List.of(frame.data()), parts);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer part : parts) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
    }
    frame.data().release();
    pieces.add(
        new Piece(
            frame.time(),
            frame.ticks(),
            frame.key(),
            frame.lossBefore(),
            ByteBuffer.wrap(bytes.toByteArray())));
    events.add(frame.key() ? "key" : "frame");
  }

  @Override
  public void clock(int track, long time, long ntpNanos) {
    clocks.add(new long[] {time, ntpNanos});
  }

  @Override
  public void lost(int track, long packets) {
    lost += packets;
  }
}
