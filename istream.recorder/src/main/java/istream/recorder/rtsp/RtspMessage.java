// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer, or a request of the server. Bytes are kept as characters one to one (ISO 8859-1), so
 * that addresses go back exactly as they came.
 *
 * @param status 100 to 999; 0 for a request
 * @param reason behind the status; empty for a request
 * @param method of a request, in upper case; empty for an answer
 * @param headers in their order
 * @param body empty if there is none
 */
record RtspMessage(int status, String reason, String method, List<Header> headers, String body) {
  private static final Pattern STATUS =
      Pattern.compile("(?i)RTSP\\s*/\\s*[0-9.]+\\s+(\\d{3})(?:\\s+(.*))?");
  private static final int MOST_LINES = 256;
  private static final Pattern LINE = Pattern.compile("\r?\n");

  /** A header; its name in lower case. */
  record Header(String name, String value) {}

  /**
   * Reads start line and headers, leniently.
   *
   * @param text all lines up to the empty one
   * @throws SessionEnd if there is no start line
   */
  static RtspMessage head(String text) throws SessionEnd {
    String[] lines = LINE.split(text.strip(), -1);
    List<Header> headers = new ArrayList<>();
    for (int i = 1; i < Math.min(lines.length, MOST_LINES); i++) {
      addHeader(lines[i], headers);
    }
    String start = lines[0].strip();
    Matcher matcher = STATUS.matcher(start);
    if (matcher.matches()) {
      String reason = matcher.group(2) == null ? "" : matcher.group(2);
      return new RtspMessage(Integer.parseInt(matcher.group(1)), reason, "", headers, "");
    }
    int blank = start.indexOf(' ');
    if (blank <= 0 || start.regionMatches(true, 0, "RTSP", 0, 4)) {
      throw SessionEnd.nonsense("the server's status line cannot be read");
    }
    String method = start.substring(0, blank).toUpperCase(Locale.ROOT);
    return new RtspMessage(0, "", method, headers, "");
  }

  private static void addHeader(String line, List<Header> headers) {
    boolean folded = line.startsWith(" ") || line.startsWith("\t");
    int colon = line.indexOf(':');
    if (folded && !headers.isEmpty()) {
      Header last = headers.remove(headers.size() - 1);
      headers.add(new Header(last.name, last.value + " " + line.strip()));
    } else if (colon > 0) {
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers.add(new Header(name, line.substring(colon + 1).strip()));
    }
  }

  /** A text of ours as it goes over the wire: each byte of its UTF-8 as a character. */
  static String bytewise(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The same with a body. */
  RtspMessage withBody(String text) {
    return new RtspMessage(status, reason, method, headers, text);
  }

  boolean isAnswer() {
    return status != 0;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The value of the first header of that name that is not empty; else empty. */
  String first(String name) {
    return all(name).stream().filter(value -> !value.isEmpty()).findFirst().orElse("");
  }

  /** The values of all headers of that name (in lower case). */
  List<String> all(String name) {
    return headers.stream().filter(h -> h.name.equals(name)).map(Header::value).toList();
  }

  /** Bytes of the body as the server says; -1 if it does not say. */
  long contentLength() {
    String value = first("content-length");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : -1;
  }
}
