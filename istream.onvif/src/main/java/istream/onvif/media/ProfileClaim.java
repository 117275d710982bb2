// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.api.camera.StreamProfile;
import java.util.Comparator;

/**
 * What a media service claims of a profile; each field may be missing.
 *
 * @param token as the camera wrote it
 * @param name may be empty
 * @param codec empty if it is not told
 * @param picture of the stream; {@link Picture#UNKNOWN} if it is not told
 * @param frameRate 0 if it is not told
 * @param source what the encoder may use of the sensor
 * @param blind whether it has other configurations, but none of video
 */
record ProfileClaim(
    String token,
    String name,
    String codec,
    Picture picture,
    double frameRate,
    Picture source,
    boolean blind) {
  /** The larger picture first; profiles without video last. */
  static final Comparator<ProfileClaim> ORDER =
      Comparator.comparing(ProfileClaim::blind)
          .thenComparing(ProfileClaim::likelyArea, Comparator.reverseOrder())
          .thenComparing(claim -> claim.picture.area(), Comparator.reverseOrder())
          .thenComparing(ProfileClaim::frameRate, Comparator.reverseOrder());

  /** Width and height in pixels; 0 each if unknown. */
  record Picture(int width, int height) {
    static final Picture UNKNOWN = new Picture(0, 0);

    long area() {
      return (long) width * height;
    }

    Picture or(Picture other) {
      return area() > 0 ? this : other;
    }
  }

  /** This, with what is missing taken from the claim of another service. */
  ProfileClaim filledBy(ProfileClaim other) {
    return new ProfileClaim(
        token,
        name.isEmpty() ? other.name : name,
        codec.isEmpty() ? other.codec : codec,
        picture.or(other.picture),
        frameRate > 0 ? frameRate : other.frameRate,
        source.or(other.source),
        blind && other.blind);
  }

  /** A profile whose encoder is not told (H.265 by the old service) shows what its source does. */
  private long likelyArea() {
    return picture.or(source).area();
  }

  StreamProfile profile() {
    return new StreamProfile(token, name, codec, picture.width(), picture.height(), "");
  }
}
