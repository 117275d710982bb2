// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** What an answer that is no success means, in words (RFC 2326, 11). */
final class Refusal {
  private Refusal() {}

  static boolean isRedirect(RtspMessage answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 305, 307 -> !answer.first("location").isEmpty();
      default -> false;
    };
  }

  static boolean isUnknownMethod(RtspMessage answer) {
    return switch (answer.status()) {
      case 400, 405, 451, 501, 551 -> true;
      default -> false;
    };
  }

  /** The login is missing or wrong. */
  static SessionEnd login(RtspTarget target) {
    String message;
    if (target.foreign()) {
      message =
          " asks for a login, but is another host than the camera's, to which a redirect led, and"
              + " gets none; if it is the camera, set rtsp.url to "
              + Quotation.ofAddress(target.url());
    } else if (target.credentials().present()) {
      message =
          " refuses the login of user \""
              + target.credentials().user()
              + "\"; check user and .password";
    } else {
      message = " asks for a login; set user and .password";
    }
    return SessionEnd.failed(Kind.REFUSED, target.place() + message, false);
  }

  /** Where the server sends us is no place for us. */
  static SessionEnd redirect(String to, RtspTarget target) {
    String message =
        target.place()
            + " redirects to "
            + Quotation.ofAddress(to)
            + ", but only rtsp:// is followed; check the address";
    return SessionEnd.failed(Kind.UNSUPPORTED, message, false);
  }

  /** The server does not set up a track that can be done without. */
  static String ofTrack(MediaDescription medium, RtspMessage answer) {
    String name = medium.kind() + " " + medium.encoding();
    return name + " is refused by the camera: " + status(answer);
  }

  /** No medium was chosen. */
  static SessionEnd nothingToRecord(List<MediaDescription> media, RtspTarget target) {
    String offered =
        media.stream().map(m -> m.kind() + " " + m.encoding()).collect(Collectors.joining(", "));
    String message =
        target.place()
            + " offers nothing that can be recorded ("
            + (offered.isEmpty() ? "no media" : Quotation.of(offered))
            + "); choose another profile or codec in the camera";
    return SessionEnd.failed(Kind.UNSUPPORTED, message, false);
  }

  /** No answer came in time. */
  static SessionEnd silence(String step, RtspTarget target) {
    String message = target.place() + " did not answer to " + step + " for 10 s";
    return SessionEnd.failed(Kind.STALLED, message, true);
  }

  private static String status(RtspMessage answer) {
    return answer.status() + " " + Quotation.of(answer.reason());
  }

  /** The answer to {@code step} is no success. */
  static SessionEnd of(RtspMessage answer, String step, RtspTarget target) {
    String said = target.place() + " answers " + status(answer) + " to " + step;
    return switch (answer.status()) {
      case 403 ->
          SessionEnd.failed(
              Kind.REFUSED, said + "; check what the user may see in the camera", false);
      case 404, 410, 454 ->
          SessionEnd.failed(
              Kind.NOT_FOUND,
              said + ": no stream " + Quotation.ofAddress(target.url()) + "; check the address",
              false);
      case 461 ->
          SessionEnd.failed(
              Kind.UNSUPPORTED, said + ": it does not send over TCP; try transport = udp", false);
      case 405, 415, 501, 505, 551 -> SessionEnd.failed(Kind.UNSUPPORTED, said, false);
      case 453, 500, 502, 503, 504 -> SessionEnd.failed(Kind.CLOSED, said + "; busy?", true);
      default -> SessionEnd.failed(Kind.NONSENSE, said, true);
    };
  }
}
