// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.util.regex.Pattern;

/**
 * What a camera says, fit for a message, a log and a terminal: short, on one line, without control
 * characters.
 */
public final class Quotation {
  private static final int MOST_CHARACTERS = 80;
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  private Quotation() {}

  /** Some text. */
  public static String of(String text) {
    String head = text.substring(0, Math.min(text.length(), 4 * MOST_CHARACTERS));
    String line = UNFIT.matcher(head).replaceAll(" ").strip();
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }

  /** An address; a login and passwords in the path are masked. */
  public static String ofAddress(String url) {
    return of(ControlUrl.shown(url));
  }
}
