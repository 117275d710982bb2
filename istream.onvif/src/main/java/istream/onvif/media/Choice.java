// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.api.camera.CameraException;
import istream.api.camera.StreamProfile;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which profile an owner means. */
public final class Choice {
  /** The largest picture. */
  public static final String MAIN = "main";

  /** The smallest picture. */
  public static final String SUB = "sub";

  private static final int QUOTED = 40;

  private Choice() {}

  /**
   * The token of the profile that is meant.
   *
   * @param profiles as {@link Inquiry#profiles} lists them: the larger picture first
   * @param wanted {@code main}, {@code sub} or a token
   * @return empty if the camera lists no profiles: {@link Inquiry#streamUri} then tries usual ones
   * @throws CameraException if there is no such profile; the message names those that there are
   */
  public static String of(List<StreamProfile> profiles, String wanted) throws CameraException {
    boolean word = wanted.equals(MAIN) || wanted.equals(SUB);
    if (profiles.isEmpty()) {
      return word ? "" : wanted;
    }
    if (word) {
      return (wanted.equals(MAIN) ? profiles.get(0) : smallest(profiles)).token();
    }
    return byToken(profiles, wanted)
        .orElseThrow(() -> new CameraException(unknown(profiles, wanted), false, null));
  }

  /**
   * Only a profile that shows a picture; a camera that says nothing has its second stream second.
   */
  private static StreamProfile smallest(List<StreamProfile> profiles) {
    return last(profiles, profile -> profile.width() > 0)
        .or(() -> last(profiles, profile -> !profile.codec().isEmpty()))
        .orElseGet(() -> profiles.get(Math.min(1, profiles.size() - 1)));
  }

  private static Optional<StreamProfile> last(
      List<StreamProfile> profiles, Predicate<StreamProfile> wanted) {
    return profiles.stream().filter(wanted).reduce((earlier, later) -> later);
  }

  private static Optional<String> byToken(List<StreamProfile> profiles, String wanted) {
    List<String> tokens = profiles.stream().map(StreamProfile::token).toList();
    if (tokens.contains(wanted)) {
      return Optional.of(wanted);
    }
    List<String> alike =
        tokens.stream().filter(token -> token.strip().equalsIgnoreCase(wanted.strip())).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static String unknown(List<StreamProfile> profiles, String wanted) {
    String offered =
        profiles.stream()
            .map(profile -> Numbers.cut(profile.token(), QUOTED))
            .collect(Collectors.joining(", "));
    return "there is no profile “%s”: set `profile` to `main`, `sub` or one of: %s"
        .formatted(Numbers.cut(wanted, QUOTED), Numbers.cut(offered, 400));
  }
}
