// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

/**
 * Takes what a stream yields, on the network thread; must not block. Tracks are numbered from 0 in
 * the order of the stream's description, tracks that are left out included.
 */
public interface FrameSink {
  /** A track's format is known, or changes with the next frame of the track. */
  void format(int track, TrackFormat format);

  /** A frame, in decode order. */
  void frame(int track, Frame frame);

  /**
   * The camera says at which wall clock a timestamp was taken (RTCP sender report).
   *
   * @param time unwrapped ticks of the track, same origin as {@link Frame#time}
   * @param ntpNanos nanoseconds since 1970 by the camera's clock, which may be far off
   */
  void clock(int track, long time, long ntpNanos);

  /** Packets of a track did not arrive, or damaged data was dropped. */
  void lost(int track, long packets);
}
