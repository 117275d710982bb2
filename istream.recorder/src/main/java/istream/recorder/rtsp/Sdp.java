// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.MediaDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A session description (RFC 8866, RFC 2326 appendix C), read leniently.
 *
 * @param aggregate the address for PLAY
 * @param media at most {@value #MOST_MEDIA}, in their order
 */
record Sdp(String aggregate, List<MediaDescription> media) {
  static final int MOST_MEDIA = 16;

  /**
   * Reads a description.
   *
   * @param text its size bounded by the caller; lines that make no sense are passed over
   * @param base what relative addresses refer to
   */
  static Sdp parse(String text, String base) {
    List<SdpMedium> media = new ArrayList<>();
    SdpMedium session = new SdpMedium("");
    SdpMedium current = session;
    for (String raw : text.split("[\r\n]+", -1)) {
      String line = raw.strip();
      if (line.regionMatches(true, 0, "m=", 0, 2)) {
        if (media.size() == MOST_MEDIA) {
          break;
        }
        current = new SdpMedium(line.substring(2));
        media.add(current);
      } else if (line.regionMatches(true, 0, "a=", 0, 2)) {
        current.attribute(line.substring(2));
      }
    }
    String aggregate = ControlUrl.resolve(base, session.control());
    String mediaBase = ControlUrl.isAbsolute(session.control()) ? aggregate : base;
    // some servers mark what they send as sendonly: then it says nothing about a way back
    boolean serverSends = media.stream().anyMatch(m -> m.isVideo() && m.isSendOnly());
    List<MediaDescription> described =
        media.stream().map(m -> m.describe(mediaBase, !serverSends && m.isSendOnly())).toList();
    return new Sdp(aggregate, described);
  }

  /** Drops what does not belong into a keyword and unifies its case. */
  static String keyword(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
