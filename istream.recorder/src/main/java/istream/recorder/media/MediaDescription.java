// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

import java.util.Map;

/**
 * One medium as a session description announces it.
 *
 * @param kind {@code video}, {@code audio}, {@code application}, … in lower case
 * @param payloadType the first payload type of the medium, 0 to 127
 * @param encoding from {@code rtpmap}, or the static assignment of RFC 3551, in upper case; may be
 *     empty
 * @param clockRate RTP ticks per second; at least 1
 * @param channels of audio; at least 1
 * @param fmtp parameters of {@code fmtp}, keys in lower case, values as they stand
 * @param control absolute address for SETUP
 */
public record MediaDescription(
    String kind,
    int payloadType,
    String encoding,
    int clockRate,
    int channels,
    Map<String, String> fmtp,
    String control) {
  /** Keeps a copy of the parameters. */
  public MediaDescription {
    fmtp = Map.copyOf(fmtp);
  }
}
