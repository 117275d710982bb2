// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

/** Bounds texts of devices. */
final class Cut {
  private Cut() {}

  static String at(int longest, String text) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }
}
