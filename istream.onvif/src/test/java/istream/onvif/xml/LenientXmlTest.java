// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of markup, however it is written, and when reading is refused. */
@Timeout(60)
class LenientXmlTest {
  private static Node read(String text) throws ExcessiveXml {
    return LenientXml.read(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a>rtsp://h/?x=1&amp;y=2</a>|rtsp://h/?x=1&y=2",
        "<a>x&amp;amp;y</a>|x&amp;y",
        "<a>x&copy=1&reg=2&times;</a>|x&copy=1&reg=2&times;",
        "<a>&lt;b&gt; &quot;c&apos;</a>|<b> \"c'",
        "<a>&#65;&#x42;&#x1F600;</a>|AB\uD83D\uDE00",
        "<a>&#0;&#xD800;&#xFFFFFFFF;</a>|\uFFFD\uFFFD\uFFFD",
        "<a>&#12x;&#;&#x;&</a>|&#12x;&#;&#x;&",
        "<a>one<!-- <b> -->two</a>|onetwo",
        "<a><![CDATA[<b>&amp;]]> c</a>|<b>&amp; c",
        "<a>1 < 2 <3</a>|1 < 2 <3",
        "<a>b<c</a>|b<c",
        "<x:a>b</y:A>c|b",
        "<a>b<c>d</c></a>|b",
        "<a><c>d</c>e</a>|de",
        "<a>b</a|b",
        "<a>b|b",
        "<?php a><b ?><a>c</a>|c",
        "<!DOCTYPE a [<!ENTITY e \"f\">]><a>&e;</a>|&e;",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>b</a>|b",
      })
  void readsTexts(String text, String expected) throws ExcessiveXml {
    assertEquals(expected, read(text).text("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a t='v w'/>",
        "<a t=\"v w\">",
        "<a t = \"v w\" >",
        "<a p:t=\u201Cv w\u201D>",
        "<a t=\"v w'>",
        "<a t='v w\" u='x'>",
        "<a t=\"v w></a>",
        "<a t=\"v w<b>",
        "<a t=\"v w",
        "<a t=\"v w\" t=\"x\">",
        "<a xmlns:t=\"x\" t=\"v w\"u=\"y\">",
        "<a , \"\" t=\"v&#32;w\" />",
      })
  void readsAttributes(String text) throws ExcessiveXml {
    assertEquals("v w", read(text).first("a").orElseThrow().attribute("T"));
  }

  @Test
  void freesTextsOfControlsAndBlanks() throws ExcessiveXml {
    assertEquals("b c", read("<a>\t b\u0007c \r\n</a>").text("a"));
  }

  @Test
  void readsAttributesWithoutQuotes() throws ExcessiveXml {
    Node node = read("<a t=v/w u=x/>").first("a").orElseThrow();
    assertEquals("v/w", node.attribute("t"));
    assertEquals("x", node.attribute("u"));
    assertEquals("", node.attribute("none"));
  }

  @Test
  void findsChildrenAndDescendants() throws ExcessiveXml {
    Node node = read("<p:a><b i='1'><b i='2'/></b><q:B i='3'/></p:a>").first("a").orElseThrow();
    assertEquals("a", node.name());
    assertEquals(
        List.of("1", "3"), node.children("b").stream().map(b -> b.attribute("i")).toList());
    assertEquals(
        List.of("1", "2", "3"), node.all("B").stream().map(b -> b.attribute("i")).toList());
    assertEquals("2", node.first("b", "b").orElseThrow().attribute("i"));
    assertTrue(node.first("a").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252", "windows-1251", "GBK", "Big5"})
  void believesADeclarationThatMayBeTrue(String charset) throws ExcessiveXml {
    String name =
        charset.equals("windows-1251") ? "Камера" : charset.matches("GBK|Big5") ? "門口" : "Tür";
    String text = "<?xml version=\"1.0\" encoding=\"" + charset + "\"?><a>" + name + "</a>";
    assertEquals(name, LenientXml.read(text.getBytes(Charset.forName(charset))).text("a"));
    assertEquals(name, read(text).text("a"), "though it is UTF-8");
  }

  @Test
  void replacesWhatCannotBeDecoded() throws ExcessiveXml {
    byte[] bytes = "<a>T\u00FCr</a><b>c</b>".getBytes(ISO_8859_1);
    assertEquals("T\uFFFDr", LenientXml.read(bytes).text("a"));
    assertEquals("c", LenientXml.read(bytes).text("b"));
  }

  @Test
  void showsThatAPageIsOne() throws ExcessiveXml {
    String lines = "<p>No<br><hr>".repeat(200);
    Node page =
        read(
            "<!DOCTYPE html><html><head><title>401 Unauthorized</title><body>" + lines + "</html>");
    assertEquals("401 Unauthorized", page.text("html", "title"));
    assertTrue(page.text().contains("No"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "go away", "<", "<<<>>>", "</a>", "<!", "<!--", "<?", "&", "<![CDATA["})
  void readsNoElementsWhereNoneAre(String text) throws ExcessiveXml {
    assertTrue(read(text).first("a").isEmpty());
    assertTrue(read(text).children("a").isEmpty());
  }

  @Test
  void givesTheTextOfWhatIsNoMarkup() throws ExcessiveXml {
    assertEquals("java.lang.Error: at a & b", read("java.lang.Error:\nat a & b").text());
  }

  private static void assertExcessive(String text, String figure) {
    ExcessiveXml excessive = assertThrows(ExcessiveXml.class, () -> read(text));
    assertTrue(excessive.getMessage().contains(figure), excessive.getMessage());
  }

  @Test
  void refusesWhatIsExcessive() throws ExcessiveXml {
    assertExcessive(" ".repeat(512 * 1024 + 1), "524288");
    assertExcessive("<a/>".repeat(20_001), "20000");
    assertExcessive("<a b='c' d='e'/>".repeat(7000), "20000");
    assertExcessive("&".repeat(200_000), "600000");
    assertExcessive("<a>".repeat(65), "64");
    assertExcessive("<a>".repeat(170_000), "64");
    assertEquals(20_000, read("<a/>".repeat(20_000)).all("a").size());
    assertEquals(64, read("<a>".repeat(64)).all("a").size());
  }

  @Test
  void countsOnlyTheFirstAttributesOfAnElement() throws ExcessiveXml {
    StringBuilder tag = new StringBuilder("<a");
    for (int i = 0; tag.length() < 500_000; i++) {
      tag.append(" b").append(i).append("='c'");
    }
    Node node = read(tag + ">d</a>").first("a").orElseThrow();
    assertEquals("d", node.text());
    assertEquals("c", node.attribute("b255"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!a",
        "<?a",
        "<![CDATA[",
        "<!--",
        "<!DOCTYPE [",
        "</a",
        "a='\"",
        "<a b=\"c' ",
        "&#x",
        "<",
        "\"",
        "&",
        "<b",
        "\u201C=<",
        "=\"'"
      })
  void takesTimeInProportion(String piece) {
    // quadratic, half a megabyte would take minutes
    for (String prefix : List.of("", "<a ", "<a>")) {
      String text = prefix + piece.repeat(500_000 / piece.getBytes(UTF_8).length) + ">]]>";
      try {
        assertEquals(List.of(), read(text).all("none"));
      } catch (ExcessiveXml e) {
        assertTrue(e.getMessage().contains("more than"), e.getMessage());
      }
    }
  }

  @Test
  void expandsNoEntities() throws ExcessiveXml {
    byte[] laughs = Damage.BILLION_LAUGHS.apply("<a><b>c</b></a>", "c");
    assertEquals("c", LenientXml.read(laughs).text("b"));
    assertEquals("&lol9;", LenientXml.read(laughs).text("a"));
  }
}
