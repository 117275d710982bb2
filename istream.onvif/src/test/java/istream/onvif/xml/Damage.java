// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Ways in which answers of cameras are damaged. Each takes a document and one datum of it, as it
 * stands there (escaped): the text of an element, or the value of an attribute in double quotes.
 */
public enum Damage {
  /** None: what goes wrong here goes wrong anyway. */
  NONE(d -> d),
  /** A declaration of an encoding that the bytes are not in. */
  DECLARED_UTF_16(d -> declared(d, "utf-16")),
  /** An encoding that nobody knows. */
  DECLARED_NONSENSE(d -> declared(d, "utf8mb4-ONVIF")),
  /** A declaration in typographic quotes. */
  CURLY_DECLARATION(d -> "<?xml version=\u201C1.0\u201D encoding=\u201Cutf-8\u201D?>" + bare(d)),
  /** A declaration that does not end as one. */
  UNCLOSED_DECLARATION(d -> "<?xml version=\"1.0\" encoding=\"UTF-8\">" + bare(d)),
  /** UTF-16, with a mark that says so. */
  UTF_16_MARKED(d -> "\uFEFF" + d, UTF_16LE),
  /** UTF-16, low byte first, without a mark. */
  UTF_16_LITTLE(d -> d, UTF_16LE),
  /** UTF-16, high byte first, without a mark and declared as UTF-8. */
  UTF_16_BIG(d -> declared(d, "utf-8"), UTF_16BE),
  /** Bytes that are not UTF-8, in a place of their own. */
  INVALID_UTF_8(d -> beforeLastTag(d, "<Note>caf\u00E9 \u00C0\u00AF</Note>"), ISO_8859_1),
  /** A mark of UTF-8 before the document. */
  MARKED(d -> "\uFEFF" + d),
  /** The mark of a second document that was pasted in. */
  MARK_IN_THE_MIDDLE((d, datum) -> d.replace(datum, "\uFEFF" + datum + "\uFEFF")),
  /** NULs before and after. */
  NULS_AROUND(d -> "\0\0\0" + d + "\0".repeat(40)),
  /** A buffer that was not cleared. */
  NULS_IN_TEXT((d, datum) -> d.replace(datum, datum + "\0\0\0\0")),
  /** The rest of a log before the document. */
  GARBAGE_BEFORE(d -> "\u0001\u0002 ok <<< 12 > 3 & \"" + d),
  /** Something after the end. */
  GARBAGE_AFTER(d -> d + "\r\n<<>></ </> &&; ]]> --> \u0007\"'"),
  /** Sizes of chunks that were left in the body. */
  CHUNK_SIZES(d -> "1f4\r\n" + betweenTags(d, "\r\n1f4\r\n") + "\r\n0\r\n\r\n"),
  /** Cut in the middle. */
  TRUNCATED_HALFWAY(d -> d.substring(0, d.length() / 2)),
  /** Cut in the last tag. */
  TRUNCATED_LAST_TAG(d -> d.substring(0, d.length() - 3)),
  /** Cut right behind the datum. */
  TRUNCATED_BEHIND((d, datum) -> d.substring(0, d.indexOf(datum) + datum.length())),
  /** Cut in the datum. */
  TRUNCATED_INSIDE((d, datum) -> d.substring(0, d.indexOf(datum) + datum.length() / 2)),
  /** No prefix is declared. */
  UNDECLARED_PREFIXES(d -> d.replaceAll("\\sxmlns(:\\w+)?=\"[^\"]*\"", "")),
  /** Other prefixes than everybody's. */
  RENAMED_PREFIXES(d -> d.replaceAll("(</?)(\\w+):", "$1MC-$2_1:")),
  /** No prefixes. */
  NO_PREFIXES(d -> d.replaceAll("(</?)\\w+:", "$1")),
  /** End tags that have another prefix. */
  OTHER_END_PREFIXES(d -> d.replaceAll("</\\w+:", "</x:")),
  /** Namespaces that are none. */
  WRONG_NAMESPACES(d -> d.replaceAll("(xmlns:?\\w*=\")[^\"]*", "$1urn:none")),
  /** End tags in small letters. */
  FLIPPED_CASE(Damage::smallEndTags),
  /** The end tag of the datum's element is missing. */
  DROPPED_END_TAG((d, datum) -> beforeNextEndTag(d, datum, false)),
  /** All end tags are missing. */
  NO_END_TAGS(d -> d.replaceAll("</[^>]*>", "\n")),
  /** End tags without their last character. */
  UNCLOSED_END_TAGS(d -> d.replaceAll("(</[^>]*)>", "$1")),
  /** An end tag of something that never began. */
  STRAY_END_TAGS(d -> betweenTags(d, "</tt:Never>")),
  /** Two end tags, the wrong one first. */
  MISNESTED((d, datum) -> beforeNextEndTag(d, datum, true)),
  /** Comments wherever they may be. */
  COMMENTS((d, datum) -> betweenTags(d.replace(datum, datum + "<!-- -> -->"), "<!-- <a> & -->")),
  /** A comment that never ends. */
  UNCLOSED_COMMENT(d -> beforeLastTag(d, "<!-- and so on")),
  /** Instructions to nobody. */
  INSTRUCTIONS(d -> betweenTags(d, "<?php echo ?>")),
  /** Less-than signs between elements. */
  STRAY_LESS_THAN(d -> betweenTags(d, " < ")),
  /** Ampersands that begin nothing. */
  STRAY_AMPERSAND(d -> betweenTags(d, " & &&copy=1 &#xZZ; &#99999999; ")),
  /** Values of attributes in single quotes. */
  SINGLE_QUOTES(d -> d.replace('"', '\'')),
  /** Values of attributes in typographic quotes. */
  CURLY_QUOTES(d -> d.replaceAll("\"([^\"]*)\"", "\u201C$1\u201D")),
  /** Values of attributes that end in another quote than they begin. */
  SWAPPED_QUOTES(d -> d.replaceAll("\"([^\"<>]*)\"", "\"$1'")),
  /** Values of attributes without quotes, where that can be understood. */
  NO_QUOTES(d -> d.replaceAll("=\"([^\"\\s<>]*)\"", "=$1")),
  /** Values of attributes that never end. */
  UNCLOSED_QUOTES(d -> d.replaceAll("\"([^\"<>]*)\"(\\s*/?>)", "\"$1$2")),
  /** Attributes that come again. */
  DOUBLED_ATTRIBUTES(d -> d.replaceAll("(\\s\\w+=)(\"[^\"<>]*\")(\\s*/?>)", "$1$2$1\"again\"$3")),
  /** Lines and blanks around all texts. */
  BLANKS_AROUND(d -> d.replaceAll(">([^<>]*\\S[^<>]*)<", ">\r\n\t $1 \r\n\t<")),
  /** Blanks in tags. */
  BLANKS_IN_TAGS(d -> d.replaceAll("(</?[\\w:]+)", "$1 \r\n ")),
  /** Texts as CDATA. */
  CDATA((d, datum) -> d.replace(">" + datum + "<", "><![CDATA[" + plain(datum) + "]]><"), true),
  /** CDATA that never ends. */
  UNCLOSED_CDATA((d, datum) -> d.replace(">" + datum + "<", "><![CDATA[" + datum + "<")),
  /** Every character of the datum as a number. */
  REFERENCES((d, datum) -> d.replace(datum, numbers(plain(datum))), true),
  /** Ampersands of the datum that are not escaped. */
  UNESCAPED((d, datum) -> d.replace(datum, datum.replace("&amp;", "&")), true),
  /** Entities that multiply when they are expanded. */
  BILLION_LAUGHS(d -> laughs() + bare(d).replaceFirst(">", ">&lol9;")),
  /** A document type that never ends. */
  UNCLOSED_DOCTYPE(d -> "<!DOCTYPE a [ <!ENTITY b SYSTEM \"file:///etc/passwd\"> " + bare(d)),
  /** A page around the document. */
  HTML_AROUND(d -> "<HTML><HEAD><META a=b><BODY><BR><P>" + d + "</BODY></HTML>"),
  /** The document twice. */
  TWICE(d -> d + d),
  /** The document in itself. */
  DOUBLED_ROOT(d -> rootTag(d) + d + "</Envelope>"),
  /** The envelope's tags are missing. */
  NO_ENVELOPE(d -> d.replaceAll("</?(\\w+:)?(Envelope|Body)[^>]*>", "")),
  /** The first tag is not closed. */
  UNCLOSED_ROOT_TAG(d -> bare(d).replaceFirst(">\\s*<", "<"));

  private static final Pattern END_TAG = Pattern.compile("</[^>]*>");

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final BinaryOperator<String> harm;

  private final Charset charset;
  private final boolean rewrites;

  Damage(UnaryOperator<String> harm) {
    this(harm, UTF_8);
  }

  Damage(UnaryOperator<String> harm, Charset charset) {
    this((d, datum) -> harm.apply(d), charset, false);
  }

  Damage(BinaryOperator<String> harm) {
    this(harm, false);
  }

  Damage(BinaryOperator<String> harm, boolean rewrites) {
    this(harm, UTF_8, rewrites);
  }

  Damage(BinaryOperator<String> harm, Charset charset, boolean rewrites) {
    this.harm = harm;
    this.charset = charset;
    this.rewrites = rewrites;
  }

  /** The damaged bytes of a document. */
  public byte[] apply(String document, String datum) {
    return harm.apply(document, datum).getBytes(charset);
  }

  /** Whether the damaged bytes still say the datum, so that it must be read. */
  public boolean keeps(String document, String datum) {
    boolean sayable = !charset.equals(ISO_8859_1) || datum.chars().allMatch(c -> c < 128);
    return rewrites || (sayable && harm.apply(document, datum).contains(datum));
  }

  /** The datum as it is read: without escapes. */
  public static String plain(String datum) {
    return datum
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private static String bare(String document) {
    return document.replaceFirst("(?s)^\\s*<\\?xml.*?\\?>\\s*", "");
  }

  private static String declared(String document, String encoding) {
    return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + bare(document);
  }

  private static String betweenTags(String document, String what) {
    return document.replaceAll(">(\\s*)<(?![?!])", ">$1" + what.replace("\\", "\\\\") + "<");
  }

  private static String beforeLastTag(String document, String what) {
    int last = document.lastIndexOf("</");
    return document.substring(0, last) + what + document.substring(last);
  }

  private static String rootTag(String document) {
    String bare = bare(document);
    return bare.substring(0, bare.indexOf('>') + 1);
  }

  /** Drops the end tag that follows the datum, or puts it behind the one that follows it. */
  private static String beforeNextEndTag(String document, String datum, boolean swap) {
    int from = document.indexOf("</", document.indexOf(datum));
    int to = document.indexOf('>', from) + 1;
    int next = document.indexOf('>', document.indexOf("</", to)) + 1;
    if (!swap || next == 0) {
      return document.substring(0, from) + document.substring(to);
    }
    String tag = document.substring(from, to);
    return document.substring(0, from)
        + document.substring(to, next)
        + tag
        + document.substring(next);
  }

  private static String smallEndTags(String document) {
    return END_TAG.matcher(document).replaceAll(tag -> tag.group().toLowerCase(Locale.ROOT));
  }

  private static String numbers(String text) {
    StringBuilder numbers = new StringBuilder();
    text.codePoints()
        .forEach(c -> numbers.append("&#x").append(Integer.toHexString(c)).append(';'));
    return numbers.toString();
  }

  private static String laughs() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol \"lol\">");
    for (int i = 1; i < 10; i++) {
      String before = i == 1 ? "&lol;" : "&lol" + (i - 1) + ";";
      laughs.append("<!ENTITY lol").append(i).append(" \"").append(before.repeat(10)).append("\">");
    }
    return laughs.append("]>").toString();
  }
}
