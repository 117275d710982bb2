// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes down what damaged markup means, as elements, attributes and texts that no parser reads
 * otherwise; names lose their prefixes. Counts on the way, so that nothing excessive is built.
 * Linear in time, whatever it is given.
 */
final class Mender {
  private static final int MOST_PARTS = 20_000;
  private static final int MOST_LEVELS = 64;

  private final String text;
  private final StringBuilder mended;
  private final List<String> open = new ArrayList<>();
  private final Set<String> missing = new HashSet<>();
  private int at;
  private int parts;
  private boolean html;

  private Mender(String text) {
    this.text = text;
    mended = new StringBuilder(text.length() + 64);
  }

  static String mend(String text) throws ExcessiveXml {
    Mender mender = new Mender(text);
    mender.mend();
    return mender.mended.toString();
  }

  private void mend() throws ExcessiveXml {
    while (at < text.length()) {
      int found = find("<", at);
      int markup = found < 0 ? text.length() : found;
      References.append(text, at, markup, mended);
      at = markup;
      if (at < text.length()) {
        markup();
      }
    }
    close(0);
  }

  private void markup() throws ExcessiveXml {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (kind == '/') {
      endTag();
    } else if (kind == '?') {
      at = behind(at + 1);
    } else if (kind == '!') {
      declaration();
    } else if (TagReader.begins(kind)) {
      startTag();
    } else {
      References.literal(text, at, at + 1, mended);
      at++;
    }
  }

  private void declaration() throws ExcessiveXml {
    if (text.startsWith("<![CDATA[", at)) {
      characters();
    } else if (text.startsWith("<!--", at)) {
      skipTo("-->");
    } else if (subset()) {
      skipTo("]>");
    } else {
      at = behind(at + 1);
    }
  }

  /** Whether a declaration has others in it. */
  private boolean subset() {
    int end = behind(at + 1);
    int bracket = at;
    while (bracket < end && text.charAt(bracket) != '[') {
      bracket++;
    }
    return bracket < end;
  }

  private void characters() throws ExcessiveXml {
    int from = at + "<![CDATA[".length();
    int to = find("]]>", from);
    if (to >= 0) {
      References.literal(text, from, to, mended);
    }
    // without an end it is the mark that is wrong, not all that follows
    at = to >= 0 ? to + "]]>".length() : from;
  }

  /** Goes behind the end of what is no data; without an end only behind the mark. */
  private void skipTo(String end) {
    int found = find(end, at + 2);
    at = found >= 0 ? found + end.length() : behind(at + 1);
  }

  /** The place behind the end of a tag, or where the next one begins. */
  private int behind(int from) {
    int place = from;
    while (place < text.length() && text.charAt(place) != '<' && text.charAt(place) != '>') {
      place++;
    }
    return place < text.length() && text.charAt(place) == '>' ? place + 1 : place;
  }

  private void startTag() throws ExcessiveXml {
    int before = mended.length();
    TagReader tag = new TagReader(text, at + 1);
    String name = tag.name();
    mended.append('<').append(name);
    Set<String> seen = new HashSet<>();
    char end = tag.attributes(mended, seen);
    if (end == '<' && seen.isEmpty() && text.startsWith("</", tag.at())) {
      // "a<b</x>": no tag, but text
      mended.setLength(before);
      References.append(text, at, tag.at(), mended);
    } else {
      count(1 + seen.size());
      opened(name, end == '/');
    }
    at = tag.at();
  }

  private void opened(String name, boolean empty) throws ExcessiveXml {
    html |= open.isEmpty() && name.equalsIgnoreCase("html");
    boolean deep = !empty && open.size() == MOST_LEVELS;
    if (deep && !html) {
      throw new ExcessiveXml("elements are nested more than " + MOST_LEVELS + " deep");
    }
    // pages leave much unclosed, and nobody needs their depths
    mended.append(empty || deep ? "/>" : ">");
    if (!empty && !deep) {
      open.add(name);
    }
  }

  private void count(int more) throws ExcessiveXml {
    parts += more;
    if (parts > MOST_PARTS) {
      throw new ExcessiveXml("there are more than " + MOST_PARTS + " elements and attributes");
    }
  }

  private void endTag() {
    TagReader tag = new TagReader(text, at + 2);
    String name = tag.name();
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).equalsIgnoreCase(name)) {
        close(i);
        break;
      }
    }
    at = behind(tag.at());
  }

  private void close(int level) {
    for (int i = open.size() - 1; i >= level; i--) {
      mended.append("</").append(open.remove(i)).append('>');
    }
  }

  /** Where something comes next; -1 if nowhere, which is not looked for twice. */
  private int find(String what, int from) {
    if (missing.contains(what)) {
      return -1;
    }
    int found = text.indexOf(what, from);
    if (found < 0) {
      missing.add(what);
    }
    return found;
  }
}
