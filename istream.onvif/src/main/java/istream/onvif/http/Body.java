// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * A body that grows byte by byte and knows when it is whole: by its length, its last chunk, or the
 * tag that closes the document. What is said of it beforehand is believed only as far as it fits.
 */
final class Body {
  /** More than this no camera has to say. */
  static final int MOST_BYTES = 512 * 1024;

  private static final int LONGEST_LINE = 100;
  private static final int LONGEST_TAG = 100;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final StringBuilder tag = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private final long length;
  private boolean chunked;
  private long chunk;
  private boolean lastChunk;
  private boolean closed;
  private boolean opened;
  private boolean page;
  private boolean markup;

  /**
   * Makes an empty one.
   *
   * @param length -1 if it is not known
   */
  Body(boolean chunked, long length) {
    this.chunked = chunked;
    this.length = length;
  }

  /** Takes the next byte off the wire. */
  void take(int b) throws Endless {
    if (!chunked) {
      add(b);
    } else if (chunk > 0) {
      add(b);
      chunk--;
    } else {
      betweenChunks(b);
    }
  }

  private void betweenChunks(int b) throws Endless {
    line.append((char) b);
    if (b == '\n') {
      String size = line.toString().replaceFirst(";.*", "").strip();
      if (size.matches("[0-9a-fA-F]{1,8}")) {
        chunk = Long.parseLong(size, 16);
        lastChunk = chunk == 0;
        line.setLength(0);
      } else if (size.isEmpty()) {
        line.setLength(0);
      } else {
        unchunked();
      }
    } else if (line.length() > LONGEST_LINE || b == '<') {
      unchunked();
    }
  }

  /** These are no chunks, or not any more. */
  private void unchunked() throws Endless {
    chunked = false;
    for (int i = 0; i < line.length(); i++) {
      add(line.charAt(i));
    }
    line.setLength(0);
  }

  private void add(int b) throws Endless {
    if (bytes.size() == MOST_BYTES) {
      throw new Endless("more than " + MOST_BYTES + " bytes");
    }
    bytes.write(b);
    if (b == '<') {
      tag.setLength(0);
      tag.append('<');
      markup = true;
    } else if (b == '>') {
      tagEnds();
    } else if (b != 0 && !tag.isEmpty() && tag.length() < LONGEST_TAG) {
      tag.append((char) b);
    }
  }

  private void tagEnds() {
    String name = tag.toString().toLowerCase(Locale.ROOT).strip();
    tag.setLength(0);
    opened |= name.matches("<([^\\s/:]*:)?envelope(\\s.*)?");
    page |= name.matches("<(!doctype\\s+)?html(\\s.*)?");
    closed |= name.matches("</([^\\s/:]*:)?envelope") || (page && !opened && name.equals("</html"));
  }

  /** Whether nothing more belongs to it. */
  boolean whole() {
    return closed || lastChunk || (length >= 0 && !chunked && bytes.size() >= length && !cut());
  }

  /** Whether it is as long as it was said to be, but a document in it is not closed. */
  boolean cut() {
    return markup && !closed && (opened || !page) && length >= 0 && bytes.size() >= length;
  }

  /** Whether it is as the server said, or its document is closed; if not, some of it is missing. */
  boolean credible() {
    return whole() || (length < 0 && !chunked && !opened);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
