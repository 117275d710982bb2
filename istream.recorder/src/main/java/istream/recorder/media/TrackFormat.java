// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

/** What a decoder must know before the first frame of a track. Equal formats can share a file. */
public sealed interface TrackFormat permits VideoFormat, AudioFormat {
  /** Ticks per second of the track's timestamps. */
  int clockRate();

  /** The codec's usual name, such as {@code H.264}. */
  String codecName();

  /** The format in words, such as {@code 1920x1080}. */
  String description();
}
