// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * An element of an answer. Names are local ones: cameras use prefixes that they never declare, and
 * declare wrong namespaces; case does not matter either. Nothing here throws.
 */
public final class Node {
  private final Element element;

  Node(Element element) {
    this.element = element;
  }

  /** Its name without prefix, as the camera wrote it. */
  public String name() {
    return local(element.tagName());
  }

  /**
   * Its text, without control characters and without blanks around it. If it begins with a text of
   * its own, just that: what follows belongs to another element, and this one was not closed.
   * Otherwise all text below it.
   */
  public String text() {
    String own = element instanceof Document ? "" : Texts.plain(beginning());
    return own.isEmpty() ? Texts.plain(element.wholeText()) : own;
  }

  private String beginning() {
    StringBuilder beginning = new StringBuilder();
    for (org.jsoup.nodes.Node child : element.childNodes()) {
      if (!(child instanceof TextNode text)) {
        break;
      }
      beginning.append(text.getWholeText());
    }
    return beginning.toString();
  }

  /** The value of an attribute; empty if it is not there. */
  public String attribute(String name) {
    for (Attribute attribute : element.attributes()) {
      if (local(attribute.getKey()).equalsIgnoreCase(name)) {
        return Texts.plain(attribute.getValue());
      }
    }
    return "";
  }

  /** Its children of that name, in their order. */
  public List<Node> children(String name) {
    List<Node> nodes = new ArrayList<>();
    for (org.jsoup.nodes.Node child : element.childNodes()) {
      if (child instanceof Element below && named(below, name)) {
        nodes.add(new Node(below));
      }
    }
    return nodes;
  }

  /** All elements of that name below it, in the order of the document. */
  public List<Node> all(String name) {
    return below(name).toList();
  }

  /** The first element that is reached by going down from name to name, at any depth each. */
  public Optional<Node> first(String... path) {
    Optional<Node> node = Optional.of(this);
    for (String name : path) {
      node = node.flatMap(one -> one.below(name).findFirst());
    }
    return node;
  }

  private Stream<Node> below(String name) {
    // the first one is the element itself
    return element.stream().skip(1).filter(below -> named(below, name)).map(Node::new);
  }

  /** The text of {@link #first}; empty if it is not there. */
  public String text(String... path) {
    return first(path).map(Node::text).orElse("");
  }

  private static boolean named(Element element, String name) {
    return local(element.tagName()).equalsIgnoreCase(name);
  }

  private static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
