// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import java.nio.charset.StandardCharsets;

/** What may stand in XML, and what may stand in the first line of a request. */
final class Escapes {
  private Escapes() {}

  /** A text of ours or of the camera's, to be put into XML. */
  static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Without line breaks, which have become blanks by now, and without blanks around it. */
  static String joined(String text) {
    return text.replaceAll("[\\p{Cntrl}]+|\\s{2,}", "").strip();
  }

  /** What is invisible or not ASCII becomes percent signs; nothing else is touched. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (byte character : text.getBytes(StandardCharsets.UTF_8)) {
      if (character > ' ' && character < 0x7f) {
        visible.append((char) character);
      } else {
        visible.append(String.format("%%%02X", character));
      }
    }
    return visible.toString();
  }
}
