// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.onvif.media.ProfileClaim.Picture;
import istream.onvif.xml.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the answers to {@code GetProfiles} of both media services. */
final class ProfileReader {
  private static final int MOST_PROFILES = 128;
  private static final int LONGEST_TOKEN = 256;
  private static final int LONGEST_NAME = 80;

  private ProfileReader() {}

  /** The profiles in their order; a token that no camera would use drops its profile. */
  static List<ProfileClaim> read(Node answer) {
    return answer.all("Profiles").stream()
        .limit(MOST_PROFILES)
        .map(ProfileReader::claim)
        .filter(claim -> claim.token().length() <= LONGEST_TOKEN)
        .toList();
  }

  private static ProfileClaim claim(Node profile) {
    Optional<Node> encoder = either(profile, "VideoEncoderConfiguration", "VideoEncoder");
    Optional<Node> source = either(profile, "VideoSourceConfiguration", "VideoSource");
    return new ProfileClaim(
        profile.attribute("token"),
        Numbers.cut(profile.text("Name"), LONGEST_NAME),
        encoder.map(node -> codec(node.text("Encoding"))).orElse(""),
        encoder.map(ProfileReader::resolution).orElse(Picture.UNKNOWN),
        encoder.map(node -> Numbers.decimal(node.text("FrameRateLimit"))).orElse(0.0),
        source.map(ProfileReader::bounds).orElse(Picture.UNKNOWN),
        encoder.isEmpty() && source.isEmpty() && isOfSomethingElse(profile));
  }

  private static Optional<Node> either(Node profile, String media1, String media2) {
    return profile.first(media1).or(() -> profile.first(media2));
  }

  private static boolean isOfSomethingElse(Node profile) {
    return Stream.of("Audio", "Metadata")
        .flatMap(kind -> Stream.of(kind, kind + "Source", kind + "Encoder"))
        .flatMap(kind -> Stream.of(kind, kind + "Configuration"))
        .anyMatch(kind -> profile.first(kind).isPresent());
  }

  private static Picture resolution(Node encoder) {
    return new Picture(
        Numbers.pixels(encoder.text("Resolution", "Width")),
        Numbers.pixels(encoder.text("Resolution", "Height")));
  }

  private static Picture bounds(Node source) {
    return source
        .first("Bounds")
        .map(
            bounds ->
                new Picture(
                    Numbers.pixels(bounds.attribute("width")),
                    Numbers.pixels(bounds.attribute("height"))))
        .orElse(Picture.UNKNOWN);
  }

  /** As the recorder calls it. */
  private static String codec(String told) {
    return switch (told.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "")) {
      case "H264", "AVC" -> "H.264";
      case "H265", "HEVC" -> "H.265";
      default -> Numbers.cut(told, LONGEST_NAME);
    };
  }
}
