// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes text of bytes, by what they are rather than by what they say they are. */
final class Decoder {
  private static final int HEAD_BYTES = 1024;
  private static final String MARKS_AND_NULS = "[\0\uFEFF\uFFFE]+";
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^<>]{0,200}?encoding\\s*=\\W*([A-Za-z][\\w.:-]{1,30})");

  /** One byte, or one ASCII byte and others above it, is a character: markup can be seen in it. */
  private static final Pattern LIKE_ASCII =
      Pattern.compile("(?i)(iso-?8859|latin|windows-?|cp|gb|big5|euc|shift_?jis|sjis|koi8).*");

  private Decoder() {}

  static String text(byte[] bytes) {
    return decoded(bytes).replaceAll(MARKS_AND_NULS, "");
  }

  private static String decoded(byte[] bytes) {
    int evenNuls = 0;
    int oddNuls = 0;
    for (int i = 0; i < bytes.length; i++) {
      evenNuls += bytes[i] == 0 && i % 2 == 0 ? 1 : 0;
      oddNuls += bytes[i] == 0 && i % 2 == 1 ? 1 : 0;
    }
    if (everySecond(oddNuls, evenNuls, bytes.length)) {
      return new String(bytes, UTF_16LE);
    }
    if (everySecond(evenNuls, oddNuls, bytes.length)) {
      return new String(bytes, UTF_16BE);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, declared(bytes));
    }
  }

  /** Markup is ASCII, so in UTF-16 most bytes at one parity are 0, whatever else it says. */
  private static boolean everySecond(int nuls, int others, int bytes) {
    return nuls > bytes / 5 && others < nuls / 4;
  }

  private static Charset declared(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), ISO_8859_1);
    Matcher declared = DECLARED.matcher(head);
    if (declared.find() && LIKE_ASCII.matcher(declared.group(1)).matches()) {
      try {
        return Charset.forName(declared.group(1));
      } catch (IllegalArgumentException e) {
        // no charset of that name here
        return UTF_8;
      }
    }
    return UTF_8;
  }
}
