// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which interleaved channel carries what. */
final class Channels {
  private static final Pattern INTERLEAVED =
      Pattern.compile("(?i)interleaved\\s*=\\s*(\\d{1,3})(?:\\s*-\\s*(\\d{1,3}))?");

  /** By channel: 0 unknown, else 1 + 2 · track, and 1 more for RTCP. */
  private final byte[] uses = new byte[256];

  /**
   * Assigns the channels that the server chose.
   *
   * @param transport the header of its answer; channels that are missing, impossible or another
   *     track's are those that we asked for
   * @param asked the first of the two channels that we asked for
   */
  void assign(int track, String transport, int asked) {
    int rtp = asked;
    int rtcp = asked + 1;
    Matcher matcher = INTERLEAVED.matcher(transport);
    if (matcher.find()) {
      int first = Integer.parseInt(matcher.group(1));
      int second = matcher.group(2) == null ? first + 1 : Integer.parseInt(matcher.group(2));
      if (first != second && isFree(first) && isFree(second)) {
        rtp = first;
        rtcp = second;
      }
    }
    uses[rtp] = (byte) (1 + 2 * track);
    uses[rtcp] = (byte) (2 + 2 * track);
  }

  /** The first of two channels to ask for. */
  int free() {
    int channel = 0;
    while (!isFree(channel) || !isFree(channel + 1)) {
      channel += 2;
    }
    return channel;
  }

  private boolean isFree(int channel) {
    return channel < uses.length && uses[channel] == 0;
  }

  boolean knows(int channel) {
    return uses[channel] != 0;
  }

  int track(int channel) {
    return (uses[channel] - 1) / 2;
  }

  boolean isRtcp(int channel) {
    return uses[channel] % 2 == 0;
  }

  /** The channel for RTCP of a track; -1 if it was not set up. */
  int rtcp(int track) {
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] == 2 + 2 * track) {
        return i;
      }
    }
    return -1;
  }
}
