// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import java.util.Locale;

/** How far one gets with a camera, in words. */
final class AnswerWords {
  private AnswerWords() {}

  /** For a script. */
  static String key(Answer answer) {
    return answer.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For a table. */
  static String word(Answer answer) {
    return switch (answer) {
      case READY -> "ready";
      case NEEDS_LOGIN -> "needs a login";
      case REFUSES_LOGIN -> "refuses login";
      case FAULTY -> "faulty";
      case AMBIGUOUS -> "clash";
      case UNREACHABLE -> "unreachable";
    };
  }

  /** Whether asking it again would reach it. */
  static boolean isReachable(Answer answer) {
    return answer != Answer.UNREACHABLE && answer != Answer.AMBIGUOUS;
  }

  /** What is wrong with it and what to do: its own problem, or one that follows from its answer. */
  static String problem(FoundCamera camera) {
    if (!camera.problem().isEmpty()) {
      return camera.problem();
    }
    return switch (camera.answer()) {
      case READY ->
          Ignition.isRecordable(camera)
              ? ""
              : "tells an address that cannot stand in a file; write the file by hand";
      case NEEDS_LOGIN -> "wants a login: give --user USER --password";
      case REFUSES_LOGIN ->
          "refuses this login; see which users may use ONVIF in the camera's settings";
      case FAULTY -> "answers so that nothing can be made of it; look for newer firmware";
      case AMBIGUOUS ->
          "shares its address with another device; give one of them another address, one at a time";
      case UNREACHABLE ->
          "was seen, but does not answer at its address; see whether that belongs to this network";
    };
  }
}
