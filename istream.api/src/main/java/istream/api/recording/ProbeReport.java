// SPDX-License-Identifier: Apache-2.0
package istream.api.recording;

import java.util.List;

/**
 * What is in a stream.
 *
 * @param server what the server calls itself; may be empty
 * @param tracks one for each medium that the stream offers, also those that cannot be recorded
 */
public record ProbeReport(String server, List<Track> tracks) {
  /** Keeps a copy of the tracks. */
  public ProbeReport {
    tracks = List.copyOf(tracks);
  }

  /**
   * One medium of a stream, as measured while watching.
   *
   * @param kind {@code video}, {@code audio} or what the stream calls it
   * @param codec such as {@code H.264}, {@code AAC}
   * @param format such as {@code 1920x1080} or {@code 16000 Hz, 1 channel}; may be empty
   * @param recorded whether a recorder would store it
   * @param frames frames seen
   * @param framesPerSecond by their timestamps; 0 if fewer than two were seen
   * @param bitsPerSecond of the frames seen
   * @param keyFrameSeconds longest time between two key frames; 0 if not seen
   * @param packetsLost by sequence numbers
   * @param note what is odd, or why it is not recorded; may be empty
   */
  public record Track(
      String kind,
      String codec,
      String format,
      boolean recorded,
      long frames,
      double framesPerSecond,
      long bitsPerSecond,
      double keyFrameSeconds,
      long packetsLost,
      String note) {}
}
