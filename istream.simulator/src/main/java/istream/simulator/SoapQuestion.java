// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a device is asked. Devices are strict: they want well-formed XML and the right name spaces.
 */
final class SoapQuestion {
  private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";
  private static final String SECURITY =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
  private static final String UTILITY =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

  private final Element envelope;
  private final Element operation;

  private SoapQuestion(Element envelope, Element operation) {
    this.envelope = envelope;
    this.operation = operation;
  }

  /** Reads an envelope. */
  static SoapQuestion parse(byte[] bytes) throws SoapFault {
    try {
      Document document = builder().parse(new ByteArrayInputStream(bytes));
      Element envelope = document.getDocumentElement();
      return new SoapQuestion(envelope, operation(envelope));
    } catch (SAXException | IOException e) {
      throw SoapFault.wrong("ter:WellFormed", "not well-formed: " + e.getMessage());
    }
  }

  private static DocumentBuilder builder() {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    try {
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // the usual one prints
      builder.setErrorHandler(new DefaultHandler());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java can do without document types", e);
    }
  }

  private static Element operation(Element envelope) throws SoapFault {
    NodeList bodies = envelope.getElementsByTagNameNS(ENVELOPE, "Body");
    if (bodies.getLength() == 1) {
      NodeList inside = ((Element) bodies.item(0)).getElementsByTagNameNS("*", "*");
      if (inside.getLength() > 0) {
        return (Element) inside.item(0);
      }
    }
    throw SoapFault.wrong("ter:InvalidArgs", "no envelope with a question in its body");
  }

  /** The operation's name. */
  String name() {
    return operation.getLocalName();
  }

  /** The operation's name space. */
  String space() {
    return operation.getNamespaceURI() == null ? "" : operation.getNamespaceURI();
  }

  /** The text of the first element of that name in the question; empty if there is none. */
  String text(String name) {
    return texts(name).stream().findFirst().orElse("");
  }

  List<String> texts(String name) {
    return texts(operation, "*", name);
  }

  /** The text of an element of the header. */
  String header(String name) {
    return first(envelope, "*", name);
  }

  /** The token of the header. */
  Optional<UsernameToken> token() {
    NodeList tokens = envelope.getElementsByTagNameNS(SECURITY, "UsernameToken");
    if (tokens.getLength() == 0) {
      return Optional.empty();
    }
    Element token = (Element) tokens.item(0);
    NodeList password = token.getElementsByTagNameNS(SECURITY, "Password");
    String type =
        password.getLength() == 0 ? "" : ((Element) password.item(0)).getAttribute("Type");
    return Optional.of(
        new UsernameToken(
            first(token, SECURITY, "Username"),
            type.endsWith("#PasswordDigest") ? first(token, SECURITY, "Password") : "",
            first(token, SECURITY, "Nonce"),
            first(token, UTILITY, "Created")));
  }

  private static String first(Element parent, String space, String name) {
    return texts(parent, space, name).stream().findFirst().orElse("");
  }

  private static List<String> texts(Element parent, String space, String name) {
    NodeList elements = parent.getElementsByTagNameNS(space, name);
    return IntStream.range(0, elements.getLength())
        .mapToObj(i -> elements.item(i).getTextContent().trim())
        .toList();
  }
}
