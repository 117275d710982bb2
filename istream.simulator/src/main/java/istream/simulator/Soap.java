// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

/** The envelope around what a device says. */
final class Soap {
  static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
  static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
  static final String MEDIA2 = "http://www.onvif.org/ver20/media/wsdl";
  static final String DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery";

  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + "<env:Envelope xmlns:env=\"http://www.w3.org/2003/05/soap-envelope\""
          + " xmlns:tt=\"http://www.onvif.org/ver10/schema\""
          + " xmlns:ter=\"http://www.onvif.org/ver10/error\""
          + " xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\""
          + " xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\""
          + " xmlns:tr2=\"http://www.onvif.org/ver20/media/wsdl\""
          + " xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\""
          + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\""
          + " xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\">";

  private Soap() {}

  static String envelope(String body) {
    return envelope("", body);
  }

  static String envelope(String header, String body) {
    return HEAD
        + "<env:Header>"
        + header
        + "</env:Header><env:Body>"
        + body
        + "</env:Body></env:Envelope>\n";
  }

  /** An element with a text. */
  static String element(String name, Object text) {
    return "<" + name + ">" + escape(String.valueOf(text)) + "</" + name + ">";
  }

  /** An element with elements. */
  static String parent(String name, String... children) {
    return "<" + name + ">" + String.join("", children) + "</" + name + ">";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
