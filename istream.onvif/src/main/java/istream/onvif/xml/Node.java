// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

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

  /** All text below it, without control characters and without blanks around it. */
  public String text() {
    return Texts.plain(element.wholeText());
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
    for (Element child : element.children()) {
      if (local(child.tagName()).equalsIgnoreCase(name)) {
        nodes.add(new Node(child));
      }
    }
    return nodes;
  }

  /** All elements of that name below it, in the order of the document. */
  public List<Node> all(String name) {
    // the first one is the element itself
    return element.getAllElements().stream()
        .skip(1)
        .filter(below -> local(below.tagName()).equalsIgnoreCase(name))
        .map(Node::new)
        .toList();
  }

  /** The first element that is reached by going down from name to name, at any depth each. */
  public Optional<Node> first(String... path) {
    Optional<Node> node = Optional.of(this);
    for (String name : path) {
      node = node.flatMap(one -> one.all(name).stream().findFirst());
    }
    return node;
  }

  /** The text of {@link #first}; empty if it is not there. */
  public String text(String... path) {
    return first(path).map(Node::text).orElse("");
  }

  private static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
