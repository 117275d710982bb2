// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

/** Texts of cameras. */
final class Texts {
  private Texts() {}

  /** Control characters become blanks, and blanks around it go. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return plain.toString().strip();
  }
}
