// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.media.MediaDescription;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says which media can be recorded, and why others cannot. */
final class MediaSupport {
  private static final Map<String, String> AUDIO_NAMES =
      Map.of(
          "G726-16", "G.726",
          "G726-24", "G.726",
          "G726-32", "G.726",
          "G726-40", "G.726",
          "AAL2-G726-32", "G.726",
          "G722", "G.722",
          "G723", "G.723",
          "G729", "G.729",
          "L16", "uncompressed PCM");
  private static final int MOST_CHARACTERS = 40;

  /** Fields of AU headers that no camera is known to use (RFC 3640 section 4.1). */
  private static final List<String> AU_FIELDS =
      List.of(
          "ctsdeltalength",
          "dtsdeltalength",
          "randomaccessindication",
          "streamstateindication",
          "auxiliarydatasizelength");

  private static final String AUDIO_ADVICE = "; set the camera's audio to AAC or G.711";
  private static final String VIDEO_ADVICE = "; set the camera's video to H.264 or H.265";

  private MediaSupport() {}

  static Optional<String> refusal(MediaDescription media) {
    return switch (media.kind()) {
      case "video" -> video(media);
      case "audio" -> audio(media);
      default -> Optional.of(readable(media.kind()) + " data is not recorded");
    };
  }

  private static Optional<String> video(MediaDescription media) {
    String encoding = media.encoding();
    if (encoding.equals("H264")) {
      boolean interleaved = media.fmtp().getOrDefault("packetization-mode", "").equals("2");
      return interleaved
          ? Optional.of("H.264 video in interleaved mode is not supported" + VIDEO_ADVICE)
          : Optional.empty();
    }
    return isH265(media)
        ? Optional.empty()
        : Optional.of("video " + named(encoding) + " is not supported" + VIDEO_ADVICE);
  }

  static boolean isH265(MediaDescription media) {
    return media.encoding().equals("H265") || media.encoding().equals("HEVC");
  }

  private static Optional<String> audio(MediaDescription media) {
    return switch (media.encoding()) {
      case "PCMU", "PCMA" -> Optional.empty();
      case "MPEG4-GENERIC" -> aac(media);
      case "MP4A-LATM" -> Optional.of("audio AAC as LATM is not supported" + AUDIO_ADVICE);
      default -> {
        String name = AUDIO_NAMES.getOrDefault(media.encoding(), named(media.encoding()));
        yield Optional.of("audio " + name + " cannot be carried in MP4" + AUDIO_ADVICE);
      }
    };
  }

  private static Optional<String> aac(MediaDescription media) {
    String mode = media.fmtp().getOrDefault("mode", "");
    if (!mode.isEmpty() && !mode.toUpperCase(Locale.ROOT).startsWith("AAC")) {
      return Optional.of(
          "audio MPEG-4 in mode " + readable(mode) + " is not supported" + AUDIO_ADVICE);
    }
    // these change what lies between an AU's size and the next one's
    for (String field : AU_FIELDS) {
      if (!media.fmtp().getOrDefault(field, "").matches("0*")) {
        return Optional.of("audio AAC with " + field + " is not supported" + AUDIO_ADVICE);
      }
    }
    return Optional.empty();
  }

  private static String named(String encoding) {
    return encoding.isEmpty() ? "without a named format" : readable(encoding);
  }

  /** A camera's word, safe for a terminal and short enough for a line. */
  private static String readable(String word) {
    String safe = word.replaceAll("[^A-Za-z0-9._+-]", "?");
    return safe.length() <= MOST_CHARACTERS ? safe : safe.substring(0, MOST_CHARACTERS) + "…";
  }
}
