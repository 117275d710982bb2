// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import istream.onvif.http.HttpAnswer.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What comes before the body: it ends with an empty line behind a status line, or where markup
 * begins.
 */
final class Head {
  private static final int MOST_BYTES = 32 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP\\S{0,20}\\s{1,20}([1-9]\\d\\d)");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final List<Header> headers = new ArrayList<>();
  private int status;

  private Head() {}

  /** Reads one; the next byte is the body's first. */
  static Head read(PushbackInputStream in) throws IOException {
    Head head = new Head();
    String line = head.line(in);
    while (line != null && (head.status == 0 || !line.isEmpty())) {
      head.take(line);
      line = head.line(in);
    }
    return head;
  }

  /** The next line without its end and without NULs; null if there is none. */
  private String line(PushbackInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      if (b == '<' && line.isEmpty()) {
        in.unread(b);
        return null;
      }
      keep(b);
      if (b != 0) {
        line.append((char) b);
      }
      b = in.read();
    }
    if (b == '\n') {
      keep(b);
    } else if (line.isEmpty()) {
      return null;
    }
    int last = line.length() - 1;
    return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
  }

  private void keep(int b) throws Endless {
    bytes.write(b);
    if (bytes.size() > MOST_BYTES) {
      throw new Endless("more than " + MOST_BYTES + " bytes of headers");
    }
  }

  private void take(String line) {
    Matcher found = STATUS.matcher(line);
    int colon = line.indexOf(':');
    if (status == 0) {
      status = found.find() ? Integer.parseInt(found.group(1)) : 0;
    } else if (!headers.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
      Header folded = headers.remove(headers.size() - 1);
      headers.add(new Header(folded.name(), (folded.value() + " " + line.strip()).strip()));
    } else if (colon > 0) {
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers.add(new Header(name, line.substring(colon + 1).strip()));
    }
  }

  /** 100 to 999; 0 if there is no status line. */
  int status() {
    return status;
  }

  /** Whether another head follows, that of the answer. */
  boolean preliminary() {
    return status >= 100 && status < 200;
  }

  List<Header> headers() {
    return headers;
  }

  /** How long it says the body is; -1 if it does not, or says nonsense. */
  long length() {
    String length = value("content-length");
    return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
  }

  /** Whether it says that the body comes in chunks. */
  boolean chunked() {
    return value("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
  }

  private String value(String name) {
    for (Header header : headers) {
      if (header.name().equals(name)) {
        return header.value();
      }
    }
    return "";
  }

  /** What it was read of; all there is of an answer that is no HTTP. */
  String raw() {
    return bytes.toString(ISO_8859_1);
  }
}
