// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera to simulate.
 *
 * @param name its path in the RTSP address
 * @param clip {@code h264}, {@code h264b} (with B-frames), {@code h264small} or {@code h265}
 * @param sound whether it has AAC audio
 */
public record CameraSpec(String name, String clip, boolean sound) {
  /** What the name of a second stream ends with. */
  static final String SUB = "-sub";

  private static final Pattern SYNTAX =
      Pattern.compile("([a-z0-9_-]{1,64})(?::([a-z0-9]+))?(:silent)?");

  /** Refuses null. */
  public CameraSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(clip, "clip");
  }

  /**
   * Reads {@code NAME[:CLIP][:silent]}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static CameraSpec parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "camera " + text + " is not NAME[:CLIP][:silent], such as front:h264");
    }
    String clip = matcher.group(2) == null ? "h264" : matcher.group(2);
    return new CameraSpec(matcher.group(1), clip, matcher.group(3) == null);
  }

  /** Its second, smaller stream. */
  CameraSpec sub() {
    return new CameraSpec(name + SUB, "h264small", sound);
  }
}
