// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Route;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file of a camera that was found. */
final class CameraFileText {
  private static final int LONGEST_WORDS = 80;

  private CameraFileText() {}

  /**
   * Writes it.
   *
   * @param endpoint whether the camera can be told from others by its endpoint
   * @param login one that a file can hold
   */
  static String of(FoundCamera camera, boolean endpoint, Credentials login, LocalDate day) {
    StringBuilder text = new StringBuilder("# ").append(described(camera, day)).append('\n');
    line(text, "onvif.url", camera.onvifUrl());
    if (endpoint && PropertyText.holds(camera.endpoint())) {
      line(text, "onvif.endpoint", camera.endpoint());
    }
    line(text, "user", login.user());
    line(text, ".password", login.password());
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    if (!value.isEmpty()) {
      text.append(key).append(" = ").append(PropertyText.of(value)).append('\n');
    }
  }

  private static String described(FoundCamera camera, LocalDate day) {
    Route route = camera.routes().get(0);
    String by = route.networkInterface().isEmpty() ? "" : " by " + route.networkInterface();
    String what =
        Stream.of(camera.name(), camera.make().manufacturer(), camera.make().model())
            .map(CameraFileText::words)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(", "));
    String named = what.isEmpty() ? "A camera without a name" : what;
    return named + "; found at " + words(route.address()) + words(by) + " on " + day;
  }

  /** A camera's words, which stay within one line. */
  private static String words(String text) {
    String plain = Figures.plain(text).replaceAll("\\R", " ");
    return plain.length() > LONGEST_WORDS ? plain.substring(0, LONGEST_WORDS) + "\u2026" : plain;
  }
}
